"""What functions find in their environment, as infra/functions.py sets it; nothing of the caller's."""

ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "benchmark",
    "AWS_SECRET_ACCESS_KEY": "benchmark",
    "AWS_EC2_METADATA_DISABLED": "true",
    "TABLE_NAME": "polyfolio",
    "SIGNING_SECRET": "benchmark",
    "EDGE_KEY": "benchmark",
    "NETWORK_SIGN_INS": "1000",
    "NETWORK_RESETS": "1000",
    "USER_POOL_ID": "us-east-1_benchmark",
    "USER_POOL_CLIENT_ID": "benchmark",
    "BUS_NAME": "polyfolio",
    "PARKING_QUEUE_URL": "https://localhost/parked",
    "POWERTOOLS_SERVICE_NAME": "benchmark",
    "POWERTOOLS_METRICS_NAMESPACE": "Polyfolio",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
