"""A mail as it goes out: the templates of its kind filled in, and MIME around that."""

import os
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

_TEMPLATES = Path(__file__).with_name("templates")
_LONGEST_SUBJECT = 150
_NOT_IN_A_HEADER = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")


class Text(NamedTuple):
    subject: str
    plain: str
    html: str


def mailing_list(kind: str) -> str:
    """Of which list mails of this kind are; none where they answer the recipient's own act."""
    template = _templates().get_template(f"{kind}.txt")
    return _block(template, "list", {}) if "list" in template.blocks else ""


def text(kind: str, values: dict[str, Any], unsubscribe: str) -> Text:
    """`unsubscribe`: the address of a page, or nothing."""
    known = values | {"site": os.environ["SITE_ADDRESS"], "unsubscribe": unsubscribe}
    plain = _templates().get_template(f"{kind}.txt")
    subject = _one_line(_block(plain, "subject", known))
    html = _templates().get_template(f"{kind}.html").render(known | {"subject": subject})
    return Text(subject, plain.render(known), html)


def message(to: str, said: Text, unsubscribe: str) -> bytes:
    """`unsubscribe`: the address that takes a POST by anybody who has it (RFC 8058), or nothing."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address("Polyfolio", addr_spec=os.environ["MAIL_FROM"])
    made["To"] = Address(addr_spec=to)
    made["Subject"] = said.subject
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(said.plain, cte="quoted-printable")
    made.add_alternative(said.html, subtype="html", cte="quoted-printable")
    return _list_headers(unsubscribe) + made.as_bytes()


def _list_headers(unsubscribe: str) -> bytes:
    """By hand: the library would fold an address this long, and encode it for that."""
    if not unsubscribe:
        return b""
    one_click = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    return f"List-Unsubscribe: <{unsubscribe}>\r\n{one_click}\r\n".encode("ascii")


def _one_line(subject: str) -> str:
    return _NOT_IN_A_HEADER.sub(" ", subject).strip()[:_LONGEST_SUBJECT]


def _block(template: Template, name: str, values: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(values))).strip()


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
