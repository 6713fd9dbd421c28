FROM alpine:3.20 AS tools
RUN touch /tool

FROM alpine:3.20
RUN --mount=from=tools,target=/tools /tools/tool
