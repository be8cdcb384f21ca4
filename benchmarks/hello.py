"""The baseline of every serving figure: what Flask and gunicorn cost by themselves."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """The least that a page can be."""
    return "Hello, world"
