# expect: shipped/non-root: cannot tell
FROM registry.example/team/base:1.0
CMD ["true"]
