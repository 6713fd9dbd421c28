ARG PLATFORM=gpu
FROM ubuntu:24.04 AS gpu
RUN apt-get update

FROM ubuntu:24.04 AS cpu
RUN apt-get update

# expect: stages/no-dead: no target needs this stage (stage 2)
FROM ubuntu:24.04

FROM ${PLATFORM}
CMD ["true"]
