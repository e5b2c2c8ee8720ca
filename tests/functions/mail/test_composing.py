"""How a mail looks, and that nothing a user typed gets where it does not belong."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from mail import composing
from tests.attacks import corpus

UNSUBSCRIBE = "https://polyfolio.example/v1/unsubscriptions/" + "t" * 124
KINDS = sorted(path.stem for path in (Path(composing.__file__).parent / "templates").glob("*-*.txt"))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_ADDRESS", "https://polyfolio.example")
    monkeypatch.setenv("MAIL_FROM", "hello@polyfolio.example")


def parsed(raw: bytes) -> list[tuple[str, str]]:
    return [(name.lower(), str(value)) for name, value in message_from_bytes(raw, policy=default).items()]


def hostile_values() -> list[str]:
    values: list[str] = json.loads((corpus("mail") / "mail-attacks.json").read_text())["header_values"]
    return values


def test_mails_of_a_list_can_be_unsubscribed_from_with_one_click() -> None:
    said = composing.Text("News", "plain", "<p>html</p>")
    headers = dict(parsed(composing.message("ada@example.org", said, UNSUBSCRIBE)))

    assert headers["list-unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


def test_an_answer_to_ones_own_act_has_no_list() -> None:
    said = composing.Text("Code", "plain", "<p>html</p>")

    assert "list-unsubscribe" not in dict(parsed(composing.message("ada@example.org", said, "")))
    assert composing.mailing_list("waitlist-confirmation") == ""


def test_what_users_type_stays_out_of_headers() -> None:
    names = {name for name, _ in parsed(composing.message("a@b.co", composing.Text("s", "p", "h"), ""))}
    for value in hostile_values():
        said = composing.Text(composing._one_line(value), value, value)
        headers = parsed(composing.message("ada@example.org", said, ""))

        assert {name for name, _ in headers} == names
        assert len(headers) == len(names)
        assert len(dict(headers)["subject"]) <= 150
        assert not set(dict(headers)["subject"]) & set("\r\n\0\u2028")


def test_what_users_type_is_neither_html_nor_a_template() -> None:
    for value in [*hostile_values(), '"><script>alert(1)</script>']:
        said = composing.text("waitlist-confirmation", {"token": value}, "")

        assert "<script>" not in said.html
        assert "49" not in said.plain
        if value == "{{7*7}}":
            assert value in said.plain


def test_a_value_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(Exception, match="token"):
        composing.text("waitlist-confirmation", {}, "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_both_its_templates_and_a_subject(kind: str) -> None:
    plain = composing._templates().get_template(f"{kind}.txt")
    assert {"subject", "body"} <= set(plain.blocks)
    assert "body" in composing._templates().get_template(f"{kind}.html").blocks


def test_lines_are_short_enough_for_every_mail_server() -> None:
    said = composing.Text("s", "x" * 5000, f"<p>{'y' * 5000}</p>")

    lines = composing.message("ada@example.org", said, UNSUBSCRIBE).split(b"\r\n")

    assert max(map(len, lines)) <= 998
    assert all(b"\n" not in line for line in lines)


def test_an_invitation_says_who_invites_whatever_they_call_themselves_and_can_be_objected_to() -> None:
    assert composing.mailing_list("invitation") == "invitations"
    for hostile in [*hostile_values(), '"><script>alert(1)</script>']:
        values = {
            "inviter": hostile,
            "note": hostile,
            "handle": "ana",
            "code": "c" * 32,
            "until": "2026-12-24",
        }
        said = composing.text("invitation", values, UNSUBSCRIBE)

        assert "<script>" not in said.html
        assert "49 invites" not in said.plain
        assert not set(said.subject) & set("\r\n\0\u2028")
        assert f"/app/sign-up#{'c' * 32}" in said.plain
        assert UNSUBSCRIBE in said.plain
