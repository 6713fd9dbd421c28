# expect: shipped/no-compiler: cannot tell
FROM registry.example/team/base:1.0
