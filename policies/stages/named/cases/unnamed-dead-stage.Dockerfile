# expect: stages/named: stage 0 has no name
FROM alpine:3.20
RUN true

FROM alpine:3.20
CMD ["true"]
