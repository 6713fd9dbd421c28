# case: option:allow=composer
FROM php:8.3
WORKDIR /app
COPY . .
RUN composer install
