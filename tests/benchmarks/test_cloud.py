"""The AWS of the cold starts."""

import json
from typing import Any

import pytest

from benchmarks.cold.cloud import Cloud


@pytest.fixture
def cloud() -> Cloud:
    return Cloud([item(number) for number in range(3)], {"ana": "ana@example.org"})


def item(number: int) -> dict[str, Any]:
    names = {"pk": "p", "sk": str(number), "gsi1pk": "i", "gsi1sk": str(-number)}
    return {name: {"S": value} for name, value in names.items()}


def ask(cloud: Cloud, operation: str, request: dict[str, Any]) -> Any:
    return told(cloud, f"DynamoDB_20120810.{operation}", request)


def told(cloud: Cloud, target: str, request: dict[str, Any]) -> Any:
    return json.loads(cloud.answer("POST /", target, json.dumps(request).encode()).body)


def test_gives_an_item_or_none(cloud: Cloud) -> None:
    found = ask(cloud, "GetItem", {"Key": {"pk": {"S": "p"}, "sk": {"S": "1"}}})
    assert found["Item"]["gsi1sk"] == {"S": "-1"}
    assert ask(cloud, "GetItem", {"Key": {"pk": {"S": "p"}, "sk": {"S": "9"}}}) == {}


def test_gives_a_page_of_a_partition_in_order(cloud: Cloud) -> None:
    query = {"ExpressionAttributeValues": {":pk": {"S": "p"}}, "ScanIndexForward": False, "Limit": 2}
    assert [each["sk"]["S"] for each in ask(cloud, "Query", query)["Items"]] == ["2", "1"]


def test_gives_a_part_of_a_partition(cloud: Cloud) -> None:
    between = {":pk": {"S": "p"}, ":low": {"S": "1"}, ":high": {"S": "1~"}}
    query = {"ExpressionAttributeValues": between, "ScanIndexForward": True, "Limit": 2}
    assert [each["sk"]["S"] for each in ask(cloud, "Query", query)["Items"]] == ["1"]


def test_gives_items_here_and_there(cloud: Cloud) -> None:
    keys = [{"pk": {"S": "p"}, "sk": {"S": each}} for each in ("0", "9")]
    found = ask(cloud, "BatchGetItem", {"RequestItems": {"table": {"Keys": keys}}})
    assert len(found["Responses"]["table"]) == 1


def test_takes_writes_and_forgets_them(cloud: Cloud) -> None:
    assert ask(cloud, "PutItem", {"Item": {"pk": {"S": "p"}, "sk": {"S": "9"}}}) == {}


def test_knows_a_user_by_name_and_by_address(cloud: Cloud) -> None:
    for name in ("ana", "ana@example.org"):
        found = told(cloud, "AWSCognitoIdentityProviderService.AdminGetUser", {"Username": name})
        assert found["Username"] == "ana"
    assert told(cloud, "AWSCognitoIdentityProviderService.AdminGetUser", {"Username": "bob"}) == {}


def test_services_without_targets_are_told_apart_by_the_address(cloud: Cloud) -> None:
    assert "IsTruncated" in cloud.answer("GET /site?list-type=2&prefix=@ana/", "", b"").body
    missing = cloud.answer("GET /2020-05-31/distribution-tenant/ana.example", "", b"")
    assert missing.encoded().startswith(b"HTTP/1.1 404 ")
    assert cloud.answer("PUT /site/@ana/index.html", "", b"").encoded().endswith(b"content-length: 0\r\n\r\n")
