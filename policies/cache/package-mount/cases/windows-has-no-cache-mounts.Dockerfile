FROM mcr.microsoft.com/dotnet/framework/sdk:4.8 AS build
WORKDIR /app
COPY *.csproj ./
RUN dotnet restore

FROM mcr.microsoft.com/dotnet/framework/runtime:4.8
COPY --from=build /app /app
