ARG FROM_SOURCE=false

FROM scratch AS tool-false

FROM alpine:3.20 AS tool-true
RUN echo built > /tool

FROM tool-${FROM_SOURCE} AS tool

FROM alpine:3.20
COPY --from=tool / /opt
CMD ["/opt/tool"]
