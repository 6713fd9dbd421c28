# expect: shipped/non-root: stage 0 starts bash alone, so it may be an image to work in
FROM debian:12-slim
CMD ["bash", "--login"]
