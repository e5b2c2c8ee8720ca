"""Hears what each function asks of AWS: every one of them gets the local cloud at a port of its own."""

import http.client
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self

from infra.local.cloud import Cloud
from infra.local.deploy import client

_SERVICES = {
    "CertificateManager": "acm",
    "DynamoDB_20120810": "dynamodb",
    "AWSCognitoIdentityProviderService": "cognito-idp",
    "AWSEvents": "events",
    "AmazonSQS": "sqs",
}
# Of services that have paths instead. AWS asks for both, since a message can be raw.
_BY_PATH = {"/v2/email/outbound-emails": {"ses:SendEmail", "ses:SendRawEmail"}}
_VARIABLES = (
    "ACM",
    "CLOUDFRONT",
    "DYNAMODB",
    "COGNITO_IDENTITY_PROVIDER",
    "EVENTBRIDGE",
    "S3",
    "SESV2",
    "SQS",
)
_EDGE = "/2020-05-31/"  # the version of CloudFront's API
_OF_TENANTS = {
    ("POST", 1): {"cloudfront:CreateDistributionTenant", "acm:RequestCertificate"},
    ("GET", 2): {"cloudfront:GetDistributionTenant"},
    ("PUT", 2): {"cloudfront:UpdateDistributionTenant"},
    ("DELETE", 2): {"cloudfront:DeleteDistributionTenant"},
    ("POST", 3): {"cloudfront:CreateInvalidationForDistributionTenant"},
}
_IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Recorder:
    """`used[stem]`: the IAM actions of the signed calls that this function has made so far."""

    def __init__(self, cloud: Cloud) -> None:
        self.used: dict[str, set[str]] = defaultdict(set)
        self._cloud = cloud
        self._ears: list[ThreadingHTTPServer] = []

    def __enter__(self) -> Self:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(self._listen, self._functions()))
        return self

    def __exit__(self, *_: object) -> None:
        for ear in self._ears:
            ear.shutdown()
            ear.server_close()

    def _functions(self) -> Iterator[dict[str, Any]]:
        pages: Any = client(self._cloud, "lambda").get_paginator("list_functions").paginate()
        return (
            each
            for page in pages
            for each in page["Functions"]
            if each["FunctionName"].startswith("polyfolio-")
        )

    def _listen(self, function: dict[str, Any]) -> None:
        stem = function["FunctionName"].removeprefix("polyfolio-local-")
        handler = type("Ear", (_Ear,), {"cloud_port": self._cloud.port, "heard": self.used[stem]})
        ear = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        ear.daemon_threads = True
        threading.Thread(target=ear.serve_forever, daemon=True).start()
        self._ears.append(ear)
        address = f"http://127.0.0.1:{ear.server_address[1]}"
        variables = function["Environment"]["Variables"] | {
            f"AWS_ENDPOINT_URL_{each}": address for each in _VARIABLES
        }
        client(self._cloud, "lambda").update_function_configuration(
            FunctionName=function["FunctionName"], Environment={"Variables": variables}
        )


class _Ear(BaseHTTPRequestHandler):
    """Passes each request on as it is, its Host too, for that is signed."""

    protocol_version = "HTTP/1.1"
    cloud_port: ClassVar[int]
    heard: ClassVar[set[str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.headers.get("content-type", "").startswith("multipart/form-data"):
            self.heard.add("s3:PutObject")  # by a form that this function has signed
        elif "/s3/aws4_request" in self.headers.get("authorization", ""):
            self.heard.update(s3_actions(self.command, self.path, self.headers))
        elif self.path.startswith(_EDGE):
            self.heard.update(edge_actions(self.command, self.path))
        elif "authorization" in self.headers:
            target = self.headers["x-amz-target"]
            self.heard.update(actions(target, body) if target else _BY_PATH[self.path])
        upstream = http.client.HTTPConnection("127.0.0.1", self.cloud_port, timeout=30)
        upstream.request(self.command, self.path, body, dict(self.headers.items()))
        response = upstream.getresponse()
        answer = response.read()
        upstream.close()
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_PUT = do_DELETE = do_OPTIONS = do_POST

    def log_message(self, *_: object) -> None:
        """The functions log for themselves."""


def actions(target: str, body: bytes) -> set[str]:
    """What IAM asks for: a transaction needs the actions of its writes."""
    service, _, operation = target.partition(".")
    if operation == "TransactWriteItems":
        writes = json.loads(body)["TransactItems"]
        return {f"dynamodb:{_IN_TRANSACTION[kind]}" for write in writes for kind in write}
    return {f"{_SERVICES[service]}:{operation}"}


def edge_actions(method: str, path: str) -> set[str]:
    """By how many steps the path has: all tenants, one of them, something of it."""
    steps = path.removeprefix(_EDGE).split("/")
    if steps[0] == "managed-certificate":
        return {"cloudfront:GetManagedCertificateDetails"}
    return _OF_TENANTS[method, len(steps)]


def s3_actions(method: str, path: str, headers: Message) -> set[str]:
    """A copy reads one object and writes the other."""
    if method == "GET" and "list-type=2" in path:
        return {"s3:ListBucket"}
    copied = {"s3:GetObject"} if "x-amz-copy-source" in headers else set()
    return {{"GET": "s3:GetObject", "PUT": "s3:PutObject", "DELETE": "s3:DeleteObject"}[method], *copied}
