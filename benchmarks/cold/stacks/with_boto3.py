"""The usual client, and nothing else: one GetItem."""

import json
import os
from typing import Any

import boto3

dynamodb = boto3.client("dynamodb")


def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    key = {"pk": {"S": os.environ["PROFILE_PK"]}, "sk": {"S": os.environ["PROFILE_SK"]}}
    item = dynamodb.get_item(TableName=os.environ["TABLE_NAME"], Key=key)["Item"]
    return {"statusCode": 200, "body": json.dumps(item)}
