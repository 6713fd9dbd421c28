FROM node:20
WORKDIR /app
COPY . .
RUN npm install left-pad
RUN go get example.com/app/...
