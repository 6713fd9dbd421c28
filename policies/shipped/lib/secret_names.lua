-- Paths that say: a secret. Those of public halves, samples and test files are `harmless`.
return {
  keys = {
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.ppk", "*.p12", "*.pfx", "privkey*.pem", "private.pem", "*-private.pem",
    "*private-key.pem", "*private_key.pem", "key.pem", "*-key.pem", "*_key.pem", "private.key", "server.key", "client.key",
    "tls.key", "ssl.key", "ca.key", "localhost.key", "master.key",
  },
  others = {
    ".env", ".env.local", ".env.prod", ".env.production", ".env.staging", ".netrc", "_netrc", ".git-credentials", ".pypirc",
    ".pgpass", ".my.cnf", ".htpasswd", ".vault-token", ".aws", ".aws/credentials", ".ssh", ".gnupg", ".kube", ".kube/config",
    "kubeconfig", "credentials.json", "service-account*.json", "serviceaccount*.json", "client_secret*.json", "secrets.yml",
    "secrets.yaml", "secrets.json", "secrets.env", "terraform.tfstate",
  },
  harmless = {
    "*public*", "*signing*", "*example*", "*sample*", "*template*", "*dummy*", "*fake*", "*mock*", "*fixture*", "*testdata*",
    "test/*", "tests/*", "*/test/*", "*/tests/*", "test-*", "*/test-*",
  },
}
