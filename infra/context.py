"""What a context declares, as plain data: its routes, its effects, and what each function may do and know.

Nothing here loads the CDK, so the OpenAPI document and the tests read it in no time. `wiring.py` makes
functions, queues and roles of it.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# Who may call a route: members with an access token, anybody, or both. The last is one function at two
# addresses: /v1/… for members, and /v1/public/… for everybody, which the edge may keep.
type Access = Literal["members", "open", "both"]


class Resource(NamedTuple):
    """Something that functions use: IAM's name of its service, and our name of it. State says what it is."""

    service: str
    name: str


table = Resource("dynamodb", "table")
indexes = Resource("dynamodb", "indexes")
user_pool = Resource("cognito-idp", "user pool")
bus = Resource("events", "bus")
parking_queue = Resource("sqs", "parking queue")
signing_secret = Resource("secretsmanager", "signing secret")
edge_key = Resource("secretsmanager", "edge key")  # for who asks for a Network
mailer = Resource("ses", "mailer")
sign_in_providers = Resource("", "sign-in providers")
sign_in_secrets = Resource("secretsmanager", "sign-in secrets")  # what they know us by
linkedin_data = Resource("", "LinkedIn data")  # whether and how members connect it
linkedin_secret = Resource("secretsmanager", "LinkedIn secret")  # what it knows us by then
network_limits = Resource("", "network limits")  # how often networks may try
allowance = Resource("", "allowance")  # how many invitations each member has
outside = Resource("", "outside")  # the web, by the fetcher: who knows of it may open pages
addresses = Resource("", "addresses")  # of the web: for who reads them and opens none
site = Resource("", "site")  # where links in mails lead
uploads_bucket = Resource("s3", "uploads bucket")  # itself: to list what is in it
uploaded_files = Resource("s3", "uploaded files")
uploaded_archives = Resource("s3", "uploaded archives")
media_bucket = Resource("s3", "media bucket")
stored_media = Resource("s3", "stored media")
media_limits = Resource("", "media limits")
site_bucket = Resource("s3", "site bucket")  # itself: to list what is in it
site_pages = Resource("s3", "site pages")  # what is rendered into it
page_files = Resource("", "page files")  # style and script of the pages
tenants = Resource("cloudfront", "tenants")  # of the distribution that serves members' own domains
certificates = Resource("acm", "certificates")
new_certificates = Resource("acm", "new certificates")  # which nothing names before they are made
domain_target = Resource("", "domain target")  # the name that members' own domains lead to
own_host = Resource("", "own host")  # ours, and so no member's
resolver = Resource("", "resolver")  # whom DNS is asked of


# Whose keys begin so is no media: archives that members bring along.
ARCHIVES = "imports/"


class Grant(NamedTuple):
    """These actions on this resource; and the environment variables by which a function finds it."""

    resource: Resource
    actions: tuple[str, ...] = ()


def may(resource: Resource, *actions: str) -> Grant:
    """Exactly these actions. A transaction needs those of its writes: PutItem, …, ConditionCheckItem."""
    return Grant(resource, tuple(f"{resource.service}:{action}" for action in actions))


def knows(resource: Resource) -> Grant:
    """Its environment variables, and no right to anything: for calls that AWS wants unsigned."""
    return Grant(resource)


class Function(NamedTuple):
    """functions/<context>/<stem>.py"""

    context: str
    stem: str
    grants: tuple[Grant, ...]
    timeout: int = 10
    memory: int | None = None  # MB; None: as all others
    layers: tuple[str, ...] = ()  # of infra/packaging.py, beside those that all have


class Route(NamedTuple):
    method: str
    path: str
    function: Function
    access: Access
    documented: bool = True  # False: the edge alone asks for it

    def addresses(self) -> dict[str, bool]:
        """Its paths, and whether they stand open."""
        if self.access == "both":
            return {self.path: False, self.path.replace("/v1/", "/v1/public/", 1): True}
        return {self.path: self.access == "open"}


class Effect(NamedTuple):
    """A function that follows from an event, or from the time, behind a queue of its own."""

    event: str
    function: Function
    minutes: int | None = None  # a Tick so often; None: whenever the bus has the event
    of_ses: tuple[str, ...] = ()  # what SES says on the account's bus of mails by our configuration set
    batch: int = 10
    under: str = ""  # of uploads those whose keys begin so; nothing: all that nobody else takes


@dataclass(frozen=True)
class Context:
    name: str
    routes: list[Route] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    triggers: dict[str, Function] = field(default_factory=dict)
    streams: list[Function] = field(default_factory=list)

    def route(
        self,
        route: str,
        stem: str,
        *grants: Grant,
        access: Access = "members",
        timeout: int = 10,
        layers: tuple[str, ...] = (),
        documented: bool = True,
    ) -> None:
        """`route` as API Gateway says it: `GET /v1/members/{handle}`.

        Whoever takes access tokens may read the table, beside what is declared: see `_with_standing`.
        """
        method, path = route.split()
        granted = grants if access == "open" else _with_standing(grants)
        function = Function(self.name, stem, granted, timeout, layers=layers)
        self.routes.append(Route(method, path, function, access, documented))

    def on(
        self,
        event: str,
        stem: str,
        *grants: Grant,
        timeout: int = 30,
        memory: int | None = None,
        layers: tuple[str, ...] = (),
        batch: int = 10,
    ) -> None:
        """An effect of this event (core/events.py). `batch`: one, where each may take its whole time."""
        function = Function(self.name, stem, grants, timeout, memory, layers)
        self.effects.append(Effect(event, function, batch=batch))

    def every(self, minutes: int, stem: str, *grants: Grant, timeout: int = 30) -> None:
        """A function that runs so often, and gets a Tick (core/events.py)."""
        self.effects.append(Effect("Tick", Function(self.name, stem, grants, timeout), minutes))

    def on_returned_mail(self, stem: str, *grants: Grant) -> None:
        """What SES says of mails that came back. Only AWS itself can speak as SES on the account's bus."""
        told = ("Email Bounced", "Email Complaint Received")
        self.effects.append(
            Effect("MailReturned", Function(self.name, stem, grants, timeout=30), of_ses=told)
        )

    def upload(
        self,
        stem: str,
        *grants: Grant,
        timeout: int,
        memory: int,
        layers: tuple[str, ...] = (),
        under: str = "",
    ) -> None:
        """A function that gets each object that comes into the bucket of uploads, alone: it is much work."""
        function = Function(self.name, stem, grants, timeout, memory, layers)
        self.effects.append(Effect("Uploaded", function, batch=1, under=under))

    def trigger(self, moments: tuple[str, ...], stem: str, *grants: Grant) -> None:
        """What the user pool asks at these moments: PreSignUp, …. It waits 5 seconds at most."""
        self.triggers.update(dict.fromkeys(moments, Function(self.name, stem, grants, timeout=5)))

    def stream(self, stem: str, *grants: Grant) -> None:
        """A reader of the table's stream. There can be two; one is enough: it publishes to all others."""
        self.streams.append(Function(self.name, stem, grants, timeout=60))

    def functions(self) -> list[Function]:
        served = [each.function for each in self.routes]
        following = [each.function for each in self.effects]
        asked = list(dict.fromkeys(self.triggers.values()))
        return served + following + asked + self.streams


def _with_standing(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Whoever takes an access token asks whether it has ended before its time (core/standing.py)."""
    reads = f"{table.service}:GetItem"
    known = any(each.resource == table and reads in each.actions for each in grants)
    return grants if known else (*grants, may(table, "GetItem"))
