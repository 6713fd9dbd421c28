# expect: stages/pinned-base: 'registry.example:5000/base:latest' is whatever is latest today
FROM --platform=linux/amd64 registry.example:5000/base:latest AS base

FROM base
CMD ["true"]
