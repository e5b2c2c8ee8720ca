"""An archive, deployed: from the form that a browser posts to the timeline, and back again."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.functions.imports import archives
from tests.functions.imports.archives import POSITIONS, PROJECTS, story

LINKEDIN = archives.zipped(Positions_csv=POSITIONS, Projects_csv=PROJECTS, Skills_csv="Name\nRust\n")
RESUME = json.dumps({"work": [{"name": "Hooli", "position": "Chair", "startDate": "2012-05"}]}).encode()


def bring(member: Client, content: bytes, kind: str = "linkedin", within: float = 120) -> dict[str, Any]:
    """Straight to the bucket, as a browser does; and what was found in it."""
    about = {"kind": kind, "file_name": "export", "size": len(content)}
    made = member.post("/v1/imports", json=about).raise_for_status().json()
    form = made["upload"]
    posted = httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=60)
    assert posted.status_code == 204, posted.text
    return settled(member, made["id"], "preview", "refused", within=within)


def settled(member: Client, import_id: str, *states: str, within: float = 120) -> dict[str, Any]:
    def asked() -> dict[str, Any]:
        return dict(member.get(f"/v1/imports/{import_id}?limit=100").raise_for_status().json())

    return soon(asked, lambda found: found["state"] in states, within=within)


def take(member: Client, import_id: str, **edit: Any) -> dict[str, Any]:
    address = f"/v1/imports/{import_id}"
    member.patch(address, json={"state": "taking"} | edit).raise_for_status()
    return settled(member, import_id, "done", within=180)


def titles(member: Client) -> list[str]:
    items = member.get(f"/v1/members/{member.handle}/highlights").raise_for_status().json()["items"]
    return [each["title"] for each in items]


def report(taken: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in taken["report"].items() if count}


def test_an_archive_is_shown_taken_over_once_and_taken_back(join: Callable[[str], Client]) -> None:
    lena = join("lena")
    preview = bring(lena, LINKEDIN)
    assert preview["counts"]["new"] == 3
    rows = [
        {"id": row["id"], "start": "2015"} for row in preview["rows"]["items"] if row["what"] == "undated"
    ]
    lena.patch(f"/v1/imports/{preview['id']}", json={"rows": rows, "tags": ["of-lena"]}).raise_for_status()

    done = take(lena, preview["id"])
    assert report(done) == {"taken": 4, "suggested": 1}
    assert titles(lena) == ["Senior Engineer, Pied Piper", "Engineer, Hooli", "Nucleus", "Somewhere"]

    second = bring(lena, LINKEDIN)
    assert [row["what"] for row in second["rows"]["items"]] == ["same"] * 4 + ["suggested"]
    assert report(take(lena, second["id"], take="all")) == {"same": 4, "suggested": 1}

    listed = lena.get("/v1/imports").raise_for_status().json()["items"]
    assert [each["id"] for each in listed] == [second["id"], preview["id"]]
    for each in listed:
        assert lena.delete(f"/v1/imports/{each['id']}").status_code == 202
        soon(partial(status, lena, each["id"]), lambda answer: answer == 404, within=120)
    soon(lambda: titles(lena), lambda found: found == [], within=60)
    assert left_of(lena) == []


def status(member: Client, import_id: str) -> int:
    return member.get(f"/v1/imports/{import_id}").status_code


def left_of(member: Client) -> list[str]:
    """What the table holds of this member's imports and arrivals, by looking at all of it."""
    table: Any = operate._table("local")
    pages = table.meta.client.get_paginator("scan").paginate(TableName=table.name)
    items = [item for page in pages for item in page["Items"] if member.id in str(item)]
    return [item["pk"] for item in items if item["pk"].startswith(("IMPORT#", "ARRIVAL#"))]


@pytest.mark.parametrize(
    ("kind", "content", "title"),
    [
        ("medium", archives.archive({"posts/chairs.html": story()}), "On chairs"),
        ("json_resume", RESUME, "Chair, Hooli"),
    ],
)
def test_other_archives_come_the_same_way(
    join: Callable[[str], Client], kind: str, content: bytes, title: str
) -> None:
    mina = join("mina")

    done = take(mina, bring(mina, content, kind)["id"], publish="draft")

    assert report(done) == {"taken": 1}
    [drafts] = mina.get(f"/v1/members/{mina.handle}/highlights?visibility=draft").json()["items"]
    assert (drafts["title"], drafts["imported"]) == (title, True)


def test_an_archive_that_cannot_be_trusted_says_so(deployed: Deployed, join: Callable[[str], Client]) -> None:
    nora = join("nora")

    refused = bring(nora, archives.archive({"../Positions.csv": POSITIONS}))

    assert (refused["state"], refused["reason"]) == (
        "refused",
        "The archive holds a file whose name leads out of it.",
    )
    s3, bucket = client(deployed.cloud, "s3"), deployed.outputs["UploadsBucketName"]
    kept = s3.list_objects_v2(Bucket=bucket, Prefix=f"imports/{refused['id']}").get("Contents", [])
    assert kept == []


def test_imports_go_with_whoever_leaves(join: Callable[[str], Client]) -> None:
    olga = join("olga")
    made = bring(olga, LINKEDIN)

    olga.request("DELETE", "/v1/me", json={"password": olga.password}).raise_for_status()

    key = keys.import_job(made["id"])._asdict()
    soon(lambda: "Item" in operate._table("local").get_item(Key=key), lambda there: not there, within=90)
