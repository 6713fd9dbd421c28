FROM golang:1.22 AS generate
WORKDIR /src
COPY . .
RUN go generate ./...

FROM generate AS compare
COPY api.md /expected/api.md
COPY --from=generate /src/api.md /made/api.md
CMD ["cmp", "/expected/api.md", "/made/api.md"]
