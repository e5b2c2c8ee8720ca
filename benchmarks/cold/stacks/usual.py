"""The usual stack: Powertools' router with validation, Logger and Metrics, pydantic, boto3's resource."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic import BaseModel

logger, metrics = Logger(), Metrics()
app = APIGatewayHttpResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


class Profile(BaseModel):
    id: str
    handle: str
    name: str


@app.get("/v1/profile")
def profile() -> Profile:
    item = table.get_item(Key={"pk": os.environ["PROFILE_PK"], "sk": os.environ["PROFILE_SK"]})["Item"]
    return Profile.model_validate(item)


@metrics.log_metrics
@logger.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    metrics.add_metric("Requests", "Count", 1)
    logger.info("asked")
    return app.resolve(event, context)
