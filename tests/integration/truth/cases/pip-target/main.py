"""Says how a name of many letters is written."""
import idna

print(idna.encode("bücher.example").decode())
