"""Credit where it is due, deployed: named, confirmed, and on two timelines."""

import httpx

from tests.api.conftest import Client
from tests.api.test_first_steps import soon


def test_a_confirmed_collaborator_has_it_on_their_timeline_too(
    alice: Client, bob: Client, visitor: httpx.Client
) -> None:
    made = alice.create(
        title="Ours", start="2017-05", collaborators=[{"handle": bob.handle}, {"name": "Zoë"}]
    )
    assert [each["state"] for each in made["collaborators"]] == ["claimed", "named"]
    address = f"/v1/public/members/{bob.handle}/highlights?year=2017"

    def counted() -> list[int]:
        years = visitor.get(f"/v1/public/members/{bob.handle}/timeline").json()["years"]
        return [each["year"] for each in years]

    assert visitor.get(address).json()["items"] == []

    answer = {"state": "accepted", "role": "built the other half"}
    assert bob.put(f"/v1/highlights/{made['id']}/collaboration", json=answer).status_code == 200

    shown = soon(lambda: visitor.get(address).json()["items"], lambda items: len(items) == 1)[0]
    assert shown["member_id"] == alice.id
    assert shown["collaborators"][0]["role"] == "built the other half"
    soon(counted, lambda years: 2017 in years)

    alice.patch(f"/v1/highlights/{made['id']}", json={"visibility": "draft"})
    assert visitor.get(address).json()["items"] == []
    assert alice.delete(f"/v1/highlights/{made['id']}").status_code == 204
    soon(counted, lambda years: 2017 not in years)


def test_collaborators_and_tags_can_change_later(alice: Client, bob: Client) -> None:
    address = f"/v1/highlights/{alice.create(tags=['once'])['id']}"

    changed = alice.patch(address, json={"tags": ["later"], "collaborators": [{"handle": bob.handle}]})

    assert changed.json()["collaborators"][0]["member_id"] == bob.id
    gone = alice.get(f"/v1/members/{alice.handle}/highlights", params={"tag": "once"}).json()
    assert gone["items"] == []


def test_a_stranger_has_nothing_to_confirm(alice: Client, bob: Client) -> None:
    made = alice.create()

    answer = bob.put(f"/v1/highlights/{made['id']}/collaboration", json={"state": "accepted"})

    assert answer.status_code == 404


def test_a_job_holds_its_highlights(alice: Client, bob: Client) -> None:
    job = alice.create(kind="job", title="Data engineer", start="2016", ongoing=True)
    bobs = bob.create(kind="job", start="2016")

    alice.create(title="First pipeline", start="2016-08", under=job["id"], badges=[])

    listed = alice.get(f"/v1/members/{alice.handle}/highlights", params={"under": job["id"]}).json()["items"]
    assert [each["title"] for each in listed] == ["First pipeline"]
    refused = alice.post(
        "/v1/highlights", json={"kind": "code", "title": "x", "start": "2016", "under": bobs["id"]}
    )
    assert refused.json()["errors"][0]["pointer"] == "/under"
