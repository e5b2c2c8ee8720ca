"""What somebody signs in with, so that they know it again: a family and a system, and nothing more exact."""

import re

_PROGRAMS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}
_OTHER = re.compile(r"[A-Za-z][\w.-]{0,39}(?=/|$)", re.ASCII)


def family(agent: str) -> str:
    """`Firefox on Linux`; of what is no browser its name alone: `curl`."""
    if not agent.startswith("Mozilla/"):
        found = _OTHER.match(agent)
        return found.group() if found else "Unknown"
    program = next((name for mark, name in _PROGRAMS.items() if f"{mark}/" in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), None)
    return f"{program} on {system}" if system else program
