# expect: shipped/no-package-manager: what ships contains apk
FROM alpine:3.20
CMD ["sh"]
