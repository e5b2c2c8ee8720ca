"""What the readme and `make run` tell a newcomer to try, against the deployed app."""

import time
from collections.abc import Callable

import httpx

from tests.api.conftest import Client

TALK = {
    "kind": "presentation",
    "title": "Streams without tears",
    "start": "2019-03-14",
    "tags": ["kafka", "python", "data pipelines", "lisbon", "speaking"],
}


def soon[T](ask: Callable[[], T], wanted: Callable[[T], bool], *, within: float = 30) -> T:
    """Effects follow within moments; what does not within half a minute is wrong, also on a busy machine."""
    until = time.monotonic() + within
    while not wanted(answer := ask()) and time.monotonic() < until:
        time.sleep(0.1)
    assert wanted(answer), answer
    return answer


def test_a_post_with_its_key_twice_is_one_highlight(alice: Client) -> None:
    first, again = (
        alice.post("/v1/highlights", json=TALK, headers={"Idempotency-Key": "first-try"}) for _ in range(2)
    )

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    listed = alice.get(f"/v1/members/{alice.handle}/highlights", params={"year": 2019}).json()["items"]
    assert [each["title"] for each in listed] == [TALK["title"]]


def test_a_year_alone_and_the_counts(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    carla = join("carla")
    for start in ("2019", "2019-03", "2018-12-31", "2020-01-01"):
        carla.create(start=start)

    page = visitor.get(f"/v1/public/members/{carla.handle}/highlights", params={"year": 2019})
    assert [each["start"] for each in page.json()["items"]] == ["2019-03", "2019"]
    assert page.headers["cache-control"] == "public, max-age=60"

    def counts() -> dict[int, int]:
        answer = visitor.get(f"/v1/public/members/{carla.handle}/timeline").json()
        return {each["year"]: each["count"] for each in answer["years"]}

    soon(counts, lambda found: found == {2020: 1, 2019: 2, 2018: 1})


def test_a_stale_edit_changes_nothing(alice: Client) -> None:
    highlight = alice.create(title="As it was")
    address = f"/v1/highlights/{highlight['id']}"
    seen = alice.get(address).headers["etag"]
    assert alice.patch(address, json={"title": "As it is"}, headers={"If-Match": seen}).status_code == 200

    stale = alice.patch(address, json={"title": "Too late"}, headers={"If-Match": seen})

    assert stale.status_code == 412
    assert stale.headers["content-type"] == "application/problem+json"
    assert alice.get(address).json()["title"] == "As it is"


def test_a_refusal_names_the_field_and_writes_nothing(alice: Client) -> None:
    before = alice.get(f"/v1/members/{alice.handle}/highlights", params={"tag": "nowhere"}).json()

    wrong = {"kind": "job", "title": "", "start": "2021-02-30", "tags": ["nowhere"], "owner": "me"}
    refused = alice.post("/v1/highlights", json=wrong)

    assert refused.status_code == 422
    assert {each["pointer"] for each in refused.json()["errors"]} == {"/title", "/start", "/owner"}
    after = alice.get(f"/v1/members/{alice.handle}/highlights", params={"tag": "nowhere"}).json()
    assert after == before


def test_many_are_tagged_at_once(alice: Client, bob: Client) -> None:
    ids = [alice.create(title=f"Number {number}")["id"] for number in range(12)]
    foreign = bob.create()["id"]

    outcome = alice.post("/v1/highlights/bulk", json={"ids": [*ids, foreign], "add_tags": ["Bulk"]}).json()

    assert [each["status"] for each in outcome["items"]] == [200] * 12 + [404]
    tagged = alice.get(f"/v1/members/{alice.handle}/highlights", params={"tag": "bulk"}).json()["items"]
    assert {each["id"] for each in tagged} == set(ids)
    alice.post("/v1/highlights/bulk", json={"ids": ids[:2], "remove_tags": ["bulk"]}).raise_for_status()
    tagged = alice.get(f"/v1/members/{alice.handle}/highlights", params={"tag": "bulk"}).json()["items"]
    assert {each["id"] for each in tagged} == set(ids[2:])


def test_tags_are_suggested_by_prefix_and_by_company(alice: Client, visitor: httpx.Client) -> None:
    alice.create(tags=["zyzzyva", "zydeco"])  # which start as none of the other tests' tags do

    def suggested(**asked: str) -> list[str]:
        return [each["tag"] for each in visitor.get("/v1/public/tags", params=asked).json()["items"]]

    soon(lambda: set(suggested(prefix="zy")), lambda found: found == {"zyzzyva", "zydeco"})
    assert suggested(**{"with": "zyzzyva"})[0] == "zydeco"


def test_the_bare_address_says_what_this_is_and_leads_to_the_client(visitor: httpx.Client) -> None:
    answer = visitor.get("/")

    assert answer.status_code == 200
    assert 'href="/app/' in answer.text
