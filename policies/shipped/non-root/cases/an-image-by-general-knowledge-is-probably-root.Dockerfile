# expect: shipped/non-root: probably
FROM fedora:40
CMD ["/app"]
