"""What follows from facts, deployed: made anew by a rebuild, and parked when it cannot be said."""

from collections.abc import Callable

import httpx

from core import keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon


def test_a_rebuild_mends_counts_that_went_wrong(
    deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    ida = join("ida")
    for start in ("2011", "2012-02", "2012-03"):
        ida.create(start=start)

    def counts() -> list[tuple[int, int]]:
        years = visitor.get(f"/v1/public/members/{ida.handle}/timeline").json()["years"]
        return [(each["year"], each["count"]) for each in years]

    right = [(2012, 2), (2011, 1)]
    soon(counts, lambda found: found == right)
    wrong = keys.years(ida.id, "all")._asdict()
    operate._table("local").update_item(
        Key=wrong,
        UpdateExpression="ADD #month :more",
        ExpressionAttributeNames={"#month": "20110"},
        ExpressionAttributeValues={":more": 40},
    )
    assert counts() == [(2012, 2), (2011, 41)]

    operate.rebuild("local")

    soon(counts, lambda found: found == right, within=120)  # all facts of all tests before are told again
    soon(lambda: waiting(deployed), lambda messages: not messages, within=300)


def test_what_is_not_understood_is_parked_and_holds_nothing_up(deployed: Deployed, alice: Client) -> None:
    operate._table("local").put_item(Item=keys.highlight("poison")._asdict() | {"title": "no id, no version"})

    made = alice.create(title="After the poison", tags=["after poison"])

    soon(lambda: parked(deployed), lambda shown: "poison" in shown)
    soon(
        lambda: alice.get("/v1/tags", params={"prefix": "after"}).json()["items"],
        lambda items: [each["tag"] for each in items] == ["after poison"],
    )
    operate._table("local").delete_item(Key=keys.highlight("poison")._asdict())
    assert alice.delete(f"/v1/highlights/{made['id']}").status_code == 204


def waiting(deployed: Deployed) -> dict[str, int]:
    """How many events which effects have still before them."""
    queues, names = client(deployed.cloud, "sqs"), ["ApproximateNumberOfMessages"]
    counts = {
        url.rpartition("/")[2]: int(
            queues.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"][names[0]]
        )
        for url in queues.list_queues()["QueueUrls"]
        if not url.endswith(("-dead", "-parked"))
    }
    return {name: count for name, count in counts.items() if count}


def parked(deployed: Deployed) -> str:
    """What lies aside, as the local cloud shows it to an operator."""
    queues = client(deployed.cloud, "sqs").list_queues()["QueueUrls"]
    [url] = [each for each in queues if "publish" in each and "parked" in each]
    return httpx.get(f"{deployed.cloud.address}/_ministack/sqs/messages", params={"QueueUrl": url}).text
