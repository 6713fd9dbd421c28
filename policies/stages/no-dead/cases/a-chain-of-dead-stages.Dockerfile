# expect: stages/no-dead: nothing that is built needs 'base'
FROM alpine:3.20 AS base
# expect: stages/no-dead: nothing that is built needs 'old'
FROM base AS old
RUN true

FROM alpine:3.20
CMD ["true"]
