# expect: shipped/no-package-manager: cannot tell
FROM registry.example/team/base:1.0
