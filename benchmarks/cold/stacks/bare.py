"""The least that a function can be: what all others are measured against."""


def handler(_event: dict[str, object], _context: object) -> dict[str, object]:
    return {"statusCode": 200, "body": "{}"}
