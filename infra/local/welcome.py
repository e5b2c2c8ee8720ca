"""What `make run` says when the app is up: where it is, who one can be, and what to try first."""

from pathlib import Path


def welcome(address: str, email: str, password: str) -> str:
    text = Path(__file__).with_suffix(".txt").read_text()
    return text.format(address=address, email=email, password=password)
