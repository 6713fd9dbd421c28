# expect-file: other/Not_Kebab
FROM alpine:3
