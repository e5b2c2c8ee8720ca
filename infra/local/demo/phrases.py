"""The small grammar that made-up highlights speak: templates, and words for their gaps."""

import random
from collections.abc import Iterator
from itertools import cycle

SUBJECTS = (
    "radio", "choir", "gardening", "statistics", "translation", "maps", "theatre", "libraries", "bread",
    "python", "film", "water", "typography", "accessibility", "trains", "energy", "weather", "history",
    "beekeeping", "chess",
)  # fmt: skip
ASPECTS = (
    "", "workshop", "archive", "festival", "research", "prototype", "community", "tools", "training",
    "exhibition", "handbook", "evaluation", "open data", "mentoring", "volunteers",
)  # fmt: skip
LINK_TITLES = ("The report", "Listen", "Photographs", "Programme", "Source code", "Slides")

_TITLES = {
    "job": ("{role} for {topic}, {place}", "{role}, {place}", "Half time in {place}: {role} for {topic}"),
    "learning": ("A course on {topic}, {weeks} evenings", "What {weeks} weeks of {topic} taught me"),
    "event": ("{topic} in {place}: {n} people came", "An evening on {topic}, {place}"),
    "achievement": ("Second prize for our {topic} in {place}", "{n} % more {audience} than a year ago"),
    "milestone": ("Meeting number {n} on {topic}", "{topic}: {weeks} weeks without a fault"),
    "design": ("A new face for {topic} in {place}", "Signs that {audience} can read"),
    "code": ("A small tool for {topic}", "{topic} in {weeks}0 lines", "Version {n} of the {topic} catalogue"),
    "campaign": ("Bring {topic} back to {place}", "{n} letters for {topic}"),
    "analysis": ("What {n} answers say about {topic}", "Where the {audience} of {place} went"),
    "presentation": ("Talk: “{topic} for {audience}”", "Talk in {place}: mistakes I made with {topic}"),
    "video": ("{topic}, explained in {weeks} minutes", "Filmed in {place}: {topic} by {audience}"),
    "article": ("Article: {topic} is not what it was", "Why {audience} do not ask about {topic}"),
    "work": ("{topic} for {audience} in {place}", "{weeks} weeks of {topic}, {place}", "{topic}, done again"),
    "personal": ("Moved to {place}", "{n} kilometres on foot to {place}", "A year without {topic}"),
}
_SENTENCES = (
    "It began with {audience} in {place} who wanted {topic} and had been told that it could not be done.",
    "We asked {n} {audience} what they missed, and {topic} came up before anything else did.",
    "After {weeks} weeks the {measure} had fallen from {n} to {m}, and nobody could say at first why.",
    "The {measure} rose from {m} to {n} **within {weeks} weeks**.",
    "I had planned {weeks} weeks for it and needed twice as many, most of them for {obstacle}.",
    "What I would do differently: talk to the {audience} first, and look at {obstacle} last.",
    "*Nobody had ever written down* how {topic} was done in {place}, so that was the first thing to make.",
    "The hardest part was {obstacle}; the rest was patience.",
    "Paid for by {funder}, with {n} hours given by {audience}.",
    "> {quote}",
    "A year later {n} {audience} still use it, which is more than {funder} had hoped for.",
    "It failed in {place} for a simple reason: {obstacle}.",
    "- {n} {audience}\n- {weeks} weeks\n- one lesson about {obstacle}",
    "{funder} took it over in the end, and it runs without me.",
    "I learned more about {topic} from {audience} in {place} than from anything I had read.",
    "The numbers are on [one page](https://example.org/noor/numbers), the {measure} among them.",
    "There was no budget for {topic}; there was a room in {place}, a kettle and a list of {n} names.",
    "Of {n} people who began, {m} stayed to the end.",
    "For {weeks} days I only watched and counted: {n} times somebody gave up because of {obstacle}.",
    "Two {audience} had done the same in {place} before us, and let us read their notes.",
    "We stopped once, for {weeks} weeks, and came back with half of the plan.",
    "My part was small: the {measure}, and the coffee.",
    "The report has {weeks} pages; the sentence that mattered stands on page {weeks}.",
    "Everything that we made is free to take, and {n} people have taken it.",
    "- before: {n}\n- after: {m}\n- reason: {obstacle}",
    "In {place} they still call it \"the {topic} affair\".",
    "I was wrong about {obstacle}, and right about the {audience}.",
    "By the second winter the {audience} ran it by themselves, with {funder} as a polite guest.",
)  # fmt: skip
_WORDS = {
    "role": ("Producer", "Assistant", "Coordinator", "Editor", "Researcher", "Head", "Trainer", "Archivist"),
    "place": (
        "Ghent", "Tartu", "Porto", "Leeds", "Malmö", "Łódź", "Trieste", "Galway", "Graz", "Brno", "Zürich",
        "Thessaloniki", "Reykjavík", "A Coruña", "Utrecht",
    ),
    "audience": (
        "night nurses", "school children", "allotment holders", "bus drivers", "newcomers", "librarians",
        "retired engineers", "shopkeepers", "first-year students", "parents", "volunteers", "amateurs",
    ),
    "obstacle": (
        "two calendars that did not agree", "a missing key", "the form in three copies", "the acoustics",
        "a definition that everybody read in another way", "the weather", "my own impatience", "the budget",
        "names spelt in four ways", "a cable that was too short",
    ),
    "measure": (
        "waiting time in minutes", "number of complaints a month", "number of empty seats", "cost of a visit",
        "number of lost letters", "error rate per thousand", "hours spent on copying",
    ),
    "funder": ("the town council", "a small foundation", "the parish", "the university", "a bakery"),
    "quote": (
        "I did not know that one was allowed to ask.", "It is the first meeting that ended early.",
        "My grandmother would have liked this.", "Now do it again without the computer.",
        "You have counted the wrong thing, but you have counted it well.",
    ),
}  # fmt: skip
_FIRST_NAMES = ("Ines", "Tomasz", "Aoife", "Jörg", "Leïla", "Sunniva", "Marek", "Chiara", "Øyvind", "Zeynep")
_LAST_NAMES = ("Quill", "Vandermolen", "Szarek", "Ottavio", "Halvard", "Brightwater", "Núñez", "Korhonen")


def title(kind: str, topic: str, chance: random.Random) -> str:
    said = _filled(chance.choice(_TITLES[kind]), topic, chance)
    return said[0].upper() + said[1:]


def sentences(topic: str, chance: random.Random) -> Iterator[tuple[str, bool]]:
    """Without end, none twice until all were said; and whether each begins a paragraph."""
    apart = True
    for template in cycle(chance.sample(_SENTENCES, len(_SENTENCES))):
        is_block = template[0] in ">-"  # a quotation or a list is a paragraph of its own
        said = _filled(template, topic, chance)
        yield said[0].upper() + said[1:], apart or is_block
        apart = is_block or chance.random() < 0.2


def person(chance: random.Random) -> dict[str, str]:
    name = f"{chance.choice(_FIRST_NAMES)} {chance.choice(_LAST_NAMES)}"
    return {"name": name, "role": chance.choice(_WORDS["role"])}


def _filled(template: str, topic: str, chance: random.Random) -> str:
    words = {name: chance.choice(choices) for name, choices in _WORDS.items()}
    low, high = sorted((chance.randint(2, 400), chance.randint(2, 400)))
    return template.format(topic=topic, n=high, m=low, weeks=chance.randint(2, 40), **words)
