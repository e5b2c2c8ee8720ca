"""What differs from stage to stage; all else is the same everywhere. Nothing here loads the CDK."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from infra.packaging import Platform

_PROVIDERS: tuple[dict[str, Any], ...] = (
    {
        "id": "google",
        "name": "Google",
        "issuer": "https://accounts.google.com",
        "sends_nonce": True,
    },
    {
        "id": "linkedin",
        "name": "LinkedIn",
        "issuer": "https://www.linkedin.com/oauth",
        "sends_nonce": False,
    },
)

_LINKEDIN = {"oauth": "https://www.linkedin.com/oauth/v2", "api": "https://api.linkedin.com/rest"}

_CLOUD_PORT = "4701"
_EDGE_PORT = "4700"


@dataclass(frozen=True, kw_only=True)
class Settings:
    stage: str

    cloud_port: int | None = None  # the local cloud's, where that is what we deploy into
    platform: Platform = Platform.ARM64
    keeps_state: bool = True  # table, users and buckets outlive their stack, and are hard to delete

    log_days: int = 7  # logs can hold personal data: 30 at most, we promise
    log_level: str = "INFO"
    memory: int = 512
    requests_per_second: int = 50
    burst: int = 100

    domain: str | None = None  # with its certificate, of us-east-1
    certificate: str | None = None
    address: str | None = None  # where people find it, if not at its domain
    mail_from: str | None = None  # the sender of all mails, if not hello@ its domain
    invitations: int = 10  # of each member
    network_sign_ins: int = 25  # tries with a password from one network in five minutes
    network_resets: int = 30  # codes for a new password asked for from one network in half an hour
    fetch_allowed: str = ""  # loopback servers that count as the web, in the local stage alone
    resolver: str = ""  # whom DNS is asked of, if not the machine's own: 192.0.2.53, or 127.0.0.1:5353
    origins: tuple[str, ...] = ()  # whose pages may upload, if not its domain's; none: anybody's

    # Megabytes: of one upload by its kind, and of all of a member's together.
    media_limits: tuple[tuple[str, int], ...] = (
        ("image", 10),
        ("video", 100),
        ("audio", 50),
        ("document", 25),
        ("quota", 1000),
    )

    # Sign-in by others: what they know this Polyfolio by; their secrets stand in Secrets Manager.
    google_client: str | None = None
    linkedin_client: str | None = None

    # LinkedIn as a source (Member Data Portability): what it knows us by, and the scope its Auth page names.
    linkedin_data_client: str | None = None
    linkedin_data_scope: str = "r_dma_portability_3rd_party"

    web_acl: bool = False  # some 8 USD a month, and the edge stack must then stand in us-east-1
    everywhere: bool = False  # also from the dearer edge locations, beyond North America and Europe
    alarm_email: str | None = None
    monthly_budget: int = 20  # USD; a mail at 80 %, and when more is forecast

    @property
    def local(self) -> bool:
        return self.cloud_port is not None

    @property
    def site(self) -> str:
        return self.address or f"https://{self.domain or 'polyfolio.example'}"

    @property
    def host(self) -> str:
        return self.domain or "polyfolio.example"

    @property
    def upload_origins(self) -> list[str]:
        """An upload's form is a right by itself, whoever's page it stands on."""
        return list(self.origins) or ([f"https://{self.domain}"] if self.domain else ["*"])

    @property
    def providers(self) -> list[dict[str, Any]]:
        """By whom else members sign in here, for functions (accounts/providers.py)."""
        clients = {"google": self.google_client, "linkedin": self.linkedin_client}
        return [each | {"client_id": clients[each["id"]]} for each in _PROVIDERS if clients[each["id"]]]

    @property
    def linkedin_data(self) -> dict[str, str] | None:
        """For functions (sources/consents.py); None: members cannot connect it here."""
        if self.linkedin_data_client is None:
            return None
        known = {"client_id": self.linkedin_data_client, "scope": self.linkedin_data_scope}
        return known | _LINKEDIN

    @property
    def sender(self) -> str:
        return self.mail_from or f"hello@{self.domain or 'polyfolio.example'}"

    def name(self, part: str) -> str:
        """The name of a stack, a function, a queue … of this stage."""
        return f"polyfolio-{self.stage}-{part}"


_NAMED = {
    "local": Settings(
        stage="local",
        cloud_port=int(os.environ.get("POLYFOLIO_CLOUD_PORT", _CLOUD_PORT)),
        platform=Platform.HOST,
        keeps_state=False,
        address=f"http://localhost:{os.environ.get('POLYFOLIO_PORT', _EDGE_PORT)}",
        fetch_allowed=os.environ.get("POLYFOLIO_FETCH_ALLOWED", ""),
        requests_per_second=1000,
        burst=1000,
        network_sign_ins=1000,  # everybody comes from one address there: the demo's members, and all tests'
        network_resets=1000,
    ),
    "prod": Settings(
        stage="prod",
        log_days=30,
        requests_per_second=2000,
        burst=1000,
        web_acl=True,
        everywhere=True,
        monthly_budget=200,
    ),
}


_SAID = (
    *("domain", "certificate", "alarm_email", "address", "mail_from"),
    *("google_client", "linkedin_client", "linkedin_data_client", "linkedin_data_scope"),
)


def settings_of(stage: str, given: Callable[[str], Any]) -> Settings:
    """`given`: what was said on the command line, as in `-c domain=example.com`."""
    settings = _NAMED.get(stage, Settings(stage=stage))
    said = {name: given(name) for name in _SAID}
    return replace(settings, **{name: value for name, value in said.items() if value})
