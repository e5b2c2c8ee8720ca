"""What functions find in their environment, as infra/functions.py sets it; nothing of the caller's."""

import json
from typing import Any

# An address that documents may name, and the fetcher refuses before anything is sent.
NOWHERE = "https://192.0.2.1"

PROVIDER: dict[str, Any] = {
    "id": "provider",
    "name": "Provider",
    "issuer": NOWHERE,
    "client_id": "benchmark",
    "sends_nonce": True,
}
_LINKEDIN = {"client_id": "benchmark", "scope": "r_dma", "oauth": NOWHERE, "api": NOWHERE}

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
    "UPLOADS_BUCKET": "uploads",
    "MEDIA_BUCKET": "media",
    "MEDIA_LIMITS": '{"image": 10, "video": 100, "audio": 50, "document": 25, "quota": 2000}',
    "FETCH_CONTACT": "https://localhost/",
    "SITE_ADDRESS": "https://localhost",
    "SITE_BUCKET": "site",
    "PAGE_ICON": "data:image/svg+xml,",
    "PAGE_STYLE": "/site/page.css",
    "PAGE_SCRIPT": "/site/page.js",
    "OWN_HOST": "polyfolio.example",
    "INVITATIONS_EACH": "10",
    "MAIL_FROM": "benchmark@polyfolio.example",
    "CONFIGURATION_SET": "polyfolio",
    "DNS_RESOLVER": "127.0.0.1:0",  # where nobody can be asked: each question fails at once
    "DOMAINS_TARGET": "members.example",
    "TENANTS_DISTRIBUTION": "benchmark",
    "TENANTS_GROUP": "",
    "SIGN_IN_PROVIDERS": json.dumps([PROVIDER]),
    "SIGN_IN_SECRETS": json.dumps({PROVIDER["id"]: "benchmark"}),
    "LINKEDIN_DATA": json.dumps(_LINKEDIN),
    "LINKEDIN_DATA_SECRET": "benchmark",
    "PARKING_QUEUE_URL": "https://localhost/parked",
    "POWERTOOLS_SERVICE_NAME": "benchmark",
    "POWERTOOLS_METRICS_NAMESPACE": "Polyfolio",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
