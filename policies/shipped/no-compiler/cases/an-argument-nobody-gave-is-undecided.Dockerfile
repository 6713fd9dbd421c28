ARG BASE
# expect: shipped/no-compiler: cannot tell
FROM $BASE
