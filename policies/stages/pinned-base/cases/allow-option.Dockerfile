# case: option:allow=registry.example/*
FROM registry.example/team/base
CMD ["true"]
