"""The one rule of who is shown what a member is open to."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core import keys, openness, table
from core.openness import Looker
from core.request import Caller

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OWNER = "01M842K4NVJV3VR8MCEAW010TM"
SOME, OTHER = "01M842K4PPEWE9SJXTCSFBVQDY", "01M842K4PPEWE9SJXTCSFBVQDZ"

pytestmark = pytest.mark.usefixtures("empty_table")


def profile(audience: str = "everybody", **more: Any) -> dict[str, Any]:
    return {"id": OWNER, "open_to": [{"activity": "mentor", "note": "", "audience": audience}]} | more


def shown(to: str | None, of: dict[str, Any], address: str | None = "x@example.org") -> bool:
    if to and address:
        known = keys.mail_domains(to)._asdict() | {"domains": openness.domains_of(address)}
        table.write(table.put(known))
    return bool(openness.of(of, Caller(to) if to else None, NOW))


@pytest.mark.parametrize(
    ("audience", "visitor", "member", "followed"),
    [("everybody", True, True, True), ("members", False, True, True), ("followed", False, False, True)],
)
def test_an_audience_is_shown_it_and_no_others(
    audience: str, visitor: bool, member: bool, followed: bool
) -> None:
    table.write(table.put(keys.follow(OWNER, OTHER)._asdict()))

    assert [shown(who, profile(audience)) for who in (None, SOME, OTHER)] == [visitor, member, followed]
    assert shown(OWNER, profile(audience))


def test_to_follow_somebody_opens_nothing() -> None:
    table.write(table.put(keys.follow(SOME, OWNER)._asdict()))

    assert not shown(SOME, profile("followed"))


def test_what_has_expired_is_shown_to_its_owner_alone() -> None:
    late, open_still = profile(), profile()
    late["open_to"][0]["expires_at"] = "2026-11-24T00:00:00.000Z"
    open_still["open_to"][0]["expires_at"] = "2026-11-24T00:00:00.001Z"

    assert [shown(who, late) for who in (None, SOME, OWNER)] == [False, False, True]
    assert [shown(who, open_still) for who in (None, SOME, OWNER)] == [True, True, True]


def test_a_block_hides_it_whoever_blocks() -> None:
    table.write(table.put(keys.block(SOME, OWNER)._asdict()))

    assert not shown(SOME, profile())
    assert shown(OTHER, profile())


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("ana@acme.example", False),
        ("ana@eu.acme.example", False),
        ("ana@not-acme.example", True),
        ("acme.example@example.org", True),
        (None, False),
    ],
)
def test_a_shielded_domain_covers_those_below_it_and_whose_own_is_unknown(
    address: str | None, seen: bool
) -> None:
    assert shown(SOME, profile(shield={"domains": ["acme.example"], "members": []}), address) == seen


def test_a_shielded_member_is_not_shown_it_and_visitors_are_not_either() -> None:
    behind = profile(shield={"domains": [], "members": [{"id": SOME, "handle": "some"}]})

    assert [shown(who, behind, None) for who in (SOME, OTHER, OWNER, None)] == [False, True, True, False]


def test_a_lowered_shield_hides_nothing() -> None:
    assert shown(None, profile(shield={"domains": [], "members": []}))


def test_a_profile_of_before_there_were_audiences_is_open_to_everybody() -> None:
    assert shown(None, {"id": OWNER, "open_to": [{"activity": "mentor", "note": ""}]})
    assert not shown(None, {"id": OWNER})


def test_the_table_does_not_tell_a_mail_address() -> None:
    kept = openness.domains_of("ana@eu.acme.example")

    assert len(kept) == 2
    assert "acme" not in str(kept)


def test_a_domain_without_end_has_few_endings() -> None:
    assert openness.endings("A.b.c.d.e.f.G") == ["c.d.e.f.g", "d.e.f.g", "e.f.g", "f.g"]
    assert openness.endings("localhost") == ["localhost"]


def test_somebody_of_a_domain_is_a_member_whoever_it_is() -> None:
    some = Looker("", frozenset({openness.digest("acme.example")}))

    assert openness.seen_by(profile("members"), some, NOW)
    assert not openness.seen_by(profile("followed"), some, NOW)
    assert not openness.seen_by(profile(shield={"domains": ["acme.example"]}), some, NOW)
