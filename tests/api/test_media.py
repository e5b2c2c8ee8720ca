"""Media, deployed: from the form that a browser posts to the picture that a page shows."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from core import keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.api.uploading import files, in_bucket, post, ready, settled, upload
from tests.functions.media.samples import picture


def test_a_highlight_shows_what_was_uploaded_for_it_as_soon_as_it_is_ready(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    hana, wide = join("hana"), picture("JPEG", (1600, 900))
    first, second = (upload(hana, wide, "image/jpeg")["id"] for _ in range(2))

    made = hana.create(title="Chairs", media=[{"id": first, "alt": "Forty chairs", "caption": "All taken"}])

    def seen() -> dict[str, Any]:
        return dict(visitor.get(f"/v1/public/members/{hana.handle}/highlights").json()["items"][0])

    card = soon(seen, lambda card: len(card["cover"]["renditions"]) == 3, within=180)
    assert [each["width"] for each in card["cover"]["renditions"]] == [480, 960, 1600]
    assert visitor.get(card["cover"]["renditions"][0]["url"]).headers["content-type"] == "image/webp"
    assert (card["cover"]["alt"], card["media_count"]) == ("Forty chairs", 1)
    assert hana.delete(f"/v1/media/{first}").status_code == 409

    address = f"/v1/highlights/{made['id']}"
    edited = hana.patch(address, json={"media": [{"id": second, "alt": ""}]}).raise_for_status().json()
    assert [each["id"] for each in edited["media"]] == [second]
    assert hana.delete(f"/v1/media/{first}").status_code == 204
    assert hana.delete(address).status_code == 204
    assert hana.delete(f"/v1/media/{second}").status_code == 204


def test_a_profile_shows_its_pictures(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    ida = join("ida")
    avatar, banner = (
        upload(ida, picture("PNG", size), "image/png")["id"] for size in ((400, 400), (900, 300))
    )

    ida.patch("/v1/me", json={"avatar": avatar, "banner": banner}).raise_for_status()

    def seen() -> dict[str, Any]:
        return dict(visitor.get(f"/v1/public/members/{ida.handle}").raise_for_status().json())

    shown = soon(seen, lambda each: each["avatar"]["renditions"] and each["banner"]["renditions"], within=180)
    assert shown["avatar"]["renditions"][0]["width"] == 400
    assert visitor.get(shown["banner"]["renditions"][0]["url"]).status_code == 200
    ida.patch("/v1/me", json={"avatar": None}).raise_for_status()
    assert ida.delete(f"/v1/media/{avatar}").status_code == 204
    assert ida.delete(f"/v1/media/{banner}").status_code == 409


def test_a_highlight_shows_nobody_elses_media(alice: Client, bob: Client) -> None:
    media = upload(alice, picture("JPEG"), "image/jpeg")
    stolen = {"kind": "code", "title": "Mine", "start": "2020", "media": [{"id": media["id"], "alt": ""}]}

    refused = bob.post("/v1/highlights", json=stolen)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/media/0/id"


def test_a_form_posted_again_changes_nothing_that_is_served(
    deployed: Deployed, alice: Client, visitor: httpx.Client
) -> None:
    first, other = picture("PNG"), picture("PNG", (64, 64))
    made = upload(alice, first, "image/png")
    media = settled(alice, made["id"])
    before = {each: visitor.get(each).content for each in files(media)}
    s3, buckets = client(deployed.cloud, "s3"), deployed.outputs
    left = f"media/{made['id']}/left-by-another-try.webp"
    s3.put_object(Bucket=buckets["MediaBucketName"], Key=left, Body=b"-")

    assert post(made["upload"], other).status_code == 204

    soon(lambda: in_bucket(s3, buckets["UploadsBucketName"], made["id"]), lambda found: not found, within=120)
    assert {each: visitor.get(each).content for each in files(media)} == before
    assert alice.get(f"/v1/media/{made['id']}").json() == media
    assert len(in_bucket(s3, buckets["MediaBucketName"], f"media/{made['id']}/")) == len(before)


def test_a_form_takes_what_it_says_and_nothing_else(alice: Client) -> None:
    about = {"file_name": "a.png", "content_type": "image/png", "size": 100}
    form = alice.post("/v1/media", json=about).raise_for_status().json()["upload"]

    def with_(**fields: str) -> dict[str, Any]:
        return dict(form | {"fields": form["fields"] | fields})

    refused = [
        post(form, b"x" * 101),
        post(form, b""),
        post(with_(key="another"), b"x"),
        post(with_(**{"Content-Type": "text/html"}), b"x"),
        post(with_(policy=form["fields"]["policy"][::-1]), b"x"),
        post(with_(**{"x-amz-signature": "0" * 64}), b"x"),
    ]
    assert {each.status_code for each in refused} <= {400, 403}


def test_nobody_is_served_from_quarantine(deployed: Deployed, alice: Client, visitor: httpx.Client) -> None:
    made = upload(alice, b"<script>alert(1)</script>", "image/png")

    media = settled(alice, made["id"])

    assert media["state"] == "refused"
    assert media["reason"] == "The file is no image/png, nor anything else that can be shown here."
    bucket = deployed.outputs["UploadsBucketName"]
    assert httpx.get(f"{deployed.cloud.address}/{bucket}/{made['id']}").status_code == 403
    assert visitor.get(f"/media/{made['id']}").status_code in (403, 404)


def test_a_browser_of_any_page_may_post(alice: Client) -> None:
    about = {"file_name": "a.png", "content_type": "image/png", "size": 100}
    form = alice.post("/v1/media", json=about).raise_for_status().json()["upload"]

    asked = {"origin": "http://localhost:4700", "access-control-request-method": "POST"}
    answer = httpx.options(form["url"], headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] in ("*", "http://localhost:4700")


def test_what_is_deleted_is_not_served_any_more(
    deployed: Deployed, alice: Client, bob: Client, visitor: httpx.Client
) -> None:
    media = ready(alice, picture("JPEG"), "image/jpeg")
    assert media["id"] in [each["id"] for each in alice.get("/v1/me/media").json()["items"]]

    assert bob.delete(f"/v1/media/{media['id']}").status_code == 404
    assert alice.delete(f"/v1/media/{media['id']}").status_code == 204

    [address] = files(media)[:1]
    soon(lambda: visitor.get(address).status_code, lambda status: status in (403, 404), within=90)
    assert in_bucket(client(deployed.cloud, "s3"), deployed.outputs["MediaBucketName"], media["id"]) == []


def test_what_got_lost_is_found_and_what_nobody_wants_is_forgotten(
    deployed: Deployed, join: Callable[[str], Client]
) -> None:
    """The queue of uploads stands still, as if its events were lost."""
    lena = join("lena")
    late, never, unused = (
        lena.post("/v1/media", json={"file_name": "a", "content_type": "image/png", "size": 90_000}).json()
        for _ in range(3)
    )
    mapping = operate._mappings("polyfolio-local-process_upload")
    operate._switch(mapping, on=False)
    try:
        assert post(late["upload"], picture("PNG", (40, 30))).status_code == 204
        for each in (late, never, unused):
            _due(each["id"], state="ready" if each is unused else "waiting")
        sweep(deployed)
    finally:
        operate._switch(mapping, on=True)

    assert settled(lena, late["id"])["state"] == "ready"
    assert settled(lena, never["id"])["reason"] == "No file arrived within ten minutes."
    assert lena.get(f"/v1/media/{unused['id']}").status_code == 404


def sweep(deployed: Deployed) -> None:
    record = {"messageId": "1", "body": json.dumps({"detail": {}})}
    answer = client(deployed.cloud, "lambda").invoke(
        FunctionName="polyfolio-local-sweep_media", Payload=json.dumps({"Records": [record]}).encode()
    )
    assert json.loads(answer["Payload"].read()) == {"batchItemFailures": []}


def _due(media_id: str, state: str) -> None:
    """As if it had been made an hour ago."""
    due = keys.media_due("2026-01-01T00:00:00.000Z", media_id)
    operate._table("local").update_item(
        Key=keys.media(media_id)._asdict(),
        UpdateExpression="SET #state = :state, " + ", ".join(f"{name} = :{name}" for name in due),
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":state": state} | {f":{name}": value for name, value in due.items()},
    )


def test_the_media_of_a_member_who_leaves_goes_too(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    greta = join("greta")
    media = ready(greta, picture("WEBP"), "image/webp")

    assert greta.request("DELETE", "/v1/me", json={"password": greta.password}).status_code == 202

    [address] = files(media)[:1]
    soon(lambda: visitor.get(address).status_code, lambda status: status in (403, 404), within=90)
