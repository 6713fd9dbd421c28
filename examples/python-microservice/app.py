"""A greeting service: GET /greet/NAME answers with a greeting as JSON."""

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/greet/<name>")
def greet(name):
    return jsonify(greeting=f"Hello, {name}!")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
