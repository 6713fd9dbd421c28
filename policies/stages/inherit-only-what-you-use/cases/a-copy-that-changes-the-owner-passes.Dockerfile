FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .

FROM build
COPY --from=build --chown=10001 /out /out
USER 10001
CMD ["/out/server"]
