FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .

FROM build AS server
# expect: stages/inherit-only-what-you-use: '/out' is in this stage already, which is built FROM 'build'
COPY --from=build /out /app
CMD ["/app/server"]
