# case: target=web target=api
FROM debian:12 AS web
FROM debian:12 AS api
