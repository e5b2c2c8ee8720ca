"""Members' own domains on the deployed app: a name server of the tests' own, and the edge by its Host."""

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client as aws_client
from tests.api.conftest import Client, Deployed
from tests.api.test_accounts import tick
from tests.api.test_first_steps import soon
from tests.nameserver import NameServer, serving

LONG_AGO = "2020-01-01T00:00:00.000Z"


class Own(NamedTuple):
    """A member, the domain that they want, and what they set in its DNS."""

    member: Client
    name: str
    dns: NameServer

    @property
    def state(self) -> str:
        """Once nothing is being looked at any more."""
        told = soon(self.told, lambda found: not found["checking"], within=60)
        return str(told["state"])

    def told(self) -> Any:
        return self.member.get("/v1/me/domain").raise_for_status().json()

    def want(self) -> int:
        return self.member.put("/v1/me/domain", json={"name": self.name}).status_code

    def prove(self) -> None:
        place = f"_polyfolio.{self.name}"
        value = f'"{self.told()["records"][0]["value"]}"'
        self.dns.put(place, "TXT", *self.dns.zone.get((place, "TXT"), []), value)

    def lead(self, to: str = "") -> None:
        self.dns.put(self.name, "CNAME", f"{to or self.told()['records'][1]['value']}.")

    def look(self) -> str:
        self.member.post("/v1/me/domain/verifications").raise_for_status()
        return self.state

    def live(self) -> None:
        assert self.want() == 200
        self.prove()
        self.lead()
        assert soon(self.look, lambda state: state == "live", within=90) == "live"


@pytest.fixture(scope="module")
def dns(deployed: Deployed) -> Iterator[NameServer]:
    """What the function that asks DNS is told to ask."""
    functions = aws_client(deployed.cloud, "lambda")
    name = "polyfolio-local-check_domain"
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    with serving(NameServer()) as server:
        functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables | {"DNS_RESOLVER": server.address}}
        )
        yield server


@pytest.fixture
def own(join: Callable[[str], Client], dns: NameServer) -> Callable[..., Own]:
    def made(name: str = "", of: str = "ana") -> Own:
        return Own(join(of), name or f"ana-{secrets.token_hex(4)}.example.org", dns)

    return made


def at(deployed: Deployed, host: str, path: str = "/") -> httpx.Response:
    """What a visitor of this host gets, in whose DNS it leads to the edge."""
    return httpx.get(f"{deployed.base_url}{path}", headers={"host": host}, timeout=35)


def moved_back(member_id: str, **changes: str) -> None:
    """As if so much time had passed."""
    for name, value in changes.items():
        operate._table("local").update_item(
            Key=keys.claim(member_id)._asdict(),
            UpdateExpression="SET #n = :v",
            ExpressionAttributeNames={"#n": name},
            ExpressionAttributeValues={":v": value},
        )


def mails(deployed: Deployed, to: str) -> list[str]:
    sent = httpx.get(f"{deployed.cloud.address}/_ministack/ses/messages").json()["messages"]
    found = [each for account in sent.values() for each in account if to in json.dumps(each)]
    return [each["Subject"] for each in found]


def test_from_the_claim_to_the_release(
    own: Callable[..., Own], deployed: Deployed, visitor: httpx.Client
) -> None:
    ana = own()
    assert ana.member.get("/v1/me/domain").status_code == 404
    assert ana.want() == 200
    assert (ana.state, at(deployed, ana.name).status_code) == ("missing", 403)

    ana.prove()
    ana.lead("old-blog.example.net")
    assert ana.look() == "wrong_target"
    assert "old-blog.example.net" in ana.told()["reason"]
    assert at(deployed, ana.name).status_code == 403

    ana.lead()
    soon(ana.look, lambda state: state == "live", within=90)
    assert ana.told()["address"] == f"https://{ana.name}"
    canonical = f'<link rel="canonical" href="https://{ana.name}">'
    soon(lambda: at(deployed, ana.name).text, lambda page: canonical in page, within=90)
    soon(
        lambda: at(deployed, ana.name, "/feed.rss").text, lambda feed: f"https://{ana.name}/feed.rss" in feed
    )
    old = soon(lambda: visitor.get(f"/@{ana.member.handle}"), lambda answer: answer.status_code == 301)
    assert old.headers["location"] == f"https://{ana.name}/"
    for host in (f"evil.{ana.name}", f"{ana.name}.evil.example", ana.name.removeprefix("ana-")):
        assert at(deployed, host).status_code == 403

    ana.dns.drop(f"_polyfolio.{ana.name}", "TXT")
    assert ana.look() == "proof_lost"
    soon(lambda: mails(deployed, f"{ana.member.handle}@"), lambda said: len(said) == 1, within=60)
    assert at(deployed, ana.name).status_code == 200, "for a week"

    moved_back(ana.member.id, lost_at=LONG_AGO)
    assert ana.look() == "released"
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 403, within=60)
    soon(lambda: visitor.get(f"/@{ana.member.handle}").status_code, lambda status: status == 200, within=90)
    assert ana.name not in visitor.get(f"/@{ana.member.handle}").text
    subjects = soon(lambda: mails(deployed, f"{ana.member.handle}@"), lambda said: len(said) == 2, within=60)
    assert sorted(subjects) == [
        f"The proof of your domain {ana.name} is gone",
        f"Your domain {ana.name} was given up",
    ]


def test_nobody_else_can_take_it_while_it_is_held_and_by_proof_alone_afterwards(
    own: Callable[..., Own], deployed: Deployed
) -> None:
    ana, ben = own(), own(of="ben")
    ben = ben._replace(name=ana.name)
    assert ben.want() == 200, "to want it takes nothing from anybody"
    ana.live()

    ben.prove()
    assert ben.look() == "taken"
    assert ana.look() == "live"
    assert ana.member.delete("/v1/me/domain").status_code == 204
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 403, within=60)
    assert ben.member.delete("/v1/me/domain").status_code == 204
    assert ben.want() == 200
    assert ben.state == "missing", "the proof of before is no longer good"
    ben.prove()
    assert soon(ben.look, lambda state: state == "live", within=90) == "live"
    assert ana.want() == 409


def test_of_two_who_prove_at_once_one_has_it(own: Callable[..., Own]) -> None:
    ana, ben = own(), own(of="ben")
    ben = ben._replace(name=ana.name)
    for each in (ana, ben):
        assert each.want() == 200
        each.prove()
    ana.lead()
    for each in (ana, ben):
        each.member.post("/v1/me/domain/verifications").raise_for_status()

    def both() -> list[str]:
        return sorted(each.look() for each in (ana, ben))

    assert soon(both, lambda states: states == ["live", "taken"], within=90)


def test_it_follows_the_handle_and_shows_nothing_of_a_hidden_profile(
    own: Callable[..., Own], deployed: Deployed
) -> None:
    ana = own()
    ana.live()
    handle = f"ana-{secrets.token_hex(4)}"

    ana.member.put("/v1/me/handle", json={"handle": handle}).raise_for_status()
    soon(lambda: shown_at(deployed, ana.name), lambda profile: profile == handle, within=60)

    ana.member.patch("/v1/me", json={"visibility": "members"}).raise_for_status()
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 403, within=60)
    assert ana.state == "hidden"
    ana.member.patch("/v1/me", json={"visibility": "public"}).raise_for_status()
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 200, within=90)


def test_under_one_name_nothing_of_another_can_be_had(
    own: Callable[..., Own], deployed: Deployed, bob: Client
) -> None:
    ana = own()
    ana.live()
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 200, within=90)
    site = httpx.get(f"{deployed.base_url}/@{bob.handle}", timeout=35)
    assert site.status_code == 200, "there is a page of bob's to be had"

    for path in (f"/@{bob.handle}", f"/%40{bob.handle}/feed.rss", "/h/1", "/v1/me", "/app/"):
        assert at(deployed, ana.name, path).status_code == 302, path
    for path in (f"/../@{bob.handle}/index.html", f"/..%2f@{bob.handle}/index.html", f"//@{bob.handle}/"):
        answer = at(deployed, ana.name, path)
        assert answer.status_code != 200, path
        assert "<html" not in answer.text, path
    spoofed = {
        "host": ana.name,
        "x-tenant-profile": bob.handle,
        "x-viewer-host": "x",
        "x-forwarded-host": "y",
    }
    page = httpx.get(f"{deployed.base_url}/", headers=spoofed, timeout=35)
    assert ana.member.handle in page.text
    assert bob.handle not in page.text


def shown_at(deployed: Deployed, name: str) -> str:
    tenant = aws_client(deployed.cloud, "cloudfront").get_distribution_tenant(Identifier=name)
    return str(tenant["DistributionTenant"]["Parameters"][0]["Value"])


def test_another_domain_in_its_place_lets_go_of_the_former(
    own: Callable[..., Own], deployed: Deployed
) -> None:
    ana = own()
    ana.live()
    other = ana._replace(name=f"new-{ana.name}")

    assert other.want() == 200
    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 403, within=60)


def test_who_leaves_holds_no_domain(own: Callable[..., Own], deployed: Deployed) -> None:
    ana = own()
    ana.live()

    ana.member.request("DELETE", "/v1/me", json={"password": ana.member.password}).raise_for_status()

    soon(lambda: at(deployed, ana.name).status_code, lambda status: status == 403, within=60)
    table = operate._table("local")
    kept = (keys.claim(ana.member.id), keys.held(ana.name), keys.own_address(ana.member.id))

    def left() -> list[keys.Key]:
        return [key for key in kept if "Item" in table.get_item(Key=key._asdict(), ConsistentRead=True)]

    soon(left, lambda found: found == [], within=60)


def test_what_is_due_is_looked_at_by_itself(own: Callable[..., Own], deployed: Deployed) -> None:
    ana = own()
    assert ana.want() == 200
    assert ana.state == "missing"
    ana.prove()
    moved_back(ana.member.id, gsi1sk=f"0#{ana.member.id}")

    tick(deployed, "recheck_domains")

    soon(ana.told, lambda told: told["records"][0]["state"] == "found", within=60)


@pytest.mark.parametrize(
    "name",
    ["*.example.org", "polyfolio.example", "co.uk", "127.0.0.1", "http://ana.example.org", "ana.internal"],
)
def test_what_is_no_domain_of_ones_own_is_refused(alice: Client, name: str) -> None:
    refused = alice.put("/v1/me/domain", json={"name": name})

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/name"]
