# case: option:languages=true option:allow=package-manager:apt
# expect: shipped/no-package-manager: pip
FROM python:3.12-slim
