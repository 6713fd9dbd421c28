FROM debian:12-slim
# expect: shipped/non-root: stage 0 starts bash alone, so it may be an image to work in
CMD ["bash", "--login"]
