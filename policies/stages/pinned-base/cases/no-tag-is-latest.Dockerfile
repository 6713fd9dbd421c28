# expect: stages/pinned-base: 'python' is whatever is latest today
FROM python
