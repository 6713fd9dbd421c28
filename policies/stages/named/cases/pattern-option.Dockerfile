# case: option:pattern=*-stage
# expect: stages/named: the stage name 'build' is not of the form '*-stage'
FROM golang:1.22 AS build

FROM golang:1.22 AS test-stage

FROM scratch
COPY --from=build /app /app
COPY --from=test-stage /report /report
