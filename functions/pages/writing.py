"""Templates filled in; whatever is put into one is escaped, but for HTML that our own cleaner has passed."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from core import addresses
from core.activities import CATALOGUE
from pages import saying

_TEMPLATES = Path(__file__).with_name("templates")


def write(template: str, **values: Any) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            values
            | {
                "site": addresses.site(),
                "icon": os.environ["PAGE_ICON"],
                "style": os.environ["PAGE_STYLE"],
                "script": os.environ["PAGE_SCRIPT"],
            }
        )
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = (saying.date, saying.day, saying.period, saying.kind, saying.host, saying.excerpt, saying.best)
    made.filters |= {
        each.__name__: each for each in (*told, saying.srcset, saying.initials, saying.mail_date)
    }
    made.globals |= {"activities": {each.activity: each.name for each in CATALOGUE}}
    made.globals |= {"address_of": addresses.profile, "file": addresses.of_file}
    return made
