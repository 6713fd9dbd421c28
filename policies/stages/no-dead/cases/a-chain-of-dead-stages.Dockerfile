# expect: stages/no-dead: no target needs this stage (base)
FROM alpine:3.20 AS base
# expect: stages/no-dead: no target needs this stage (old)
FROM base AS old
RUN true

FROM alpine:3.20
CMD ["true"]
