# expect: shipped/no-compiler: stage 0 starts bash alone, so it may be an image to work in
FROM gcc:14
CMD ["bash"]
