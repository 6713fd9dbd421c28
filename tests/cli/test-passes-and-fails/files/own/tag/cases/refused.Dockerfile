FORM alpine:3
