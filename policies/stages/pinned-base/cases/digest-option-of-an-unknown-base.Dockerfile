# case: option:digest=true
ARG BASE
# expect: stages/pinned-base: cannot tell
FROM $BASE
CMD ["true"]
