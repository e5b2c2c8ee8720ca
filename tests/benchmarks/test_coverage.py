"""Nothing that is deployed goes unmeasured."""

from pathlib import Path

from benchmarks.cold.functions import EVENTS, deployed
from benchmarks.requests import request, route_of
from benchmarks.units.reads import READS
from benchmarks.units.run import PATTERNS
from benchmarks.units.verdict import EXCEPTIONS

WITHOUT_TABLE = {"accounts.list_sign_in_providers", "members.list_activities"}  # settings, and our own list


def test_every_function_is_started_cold() -> None:
    assert {each.name for each in deployed()} == set(EVENTS)


def test_every_route_that_reads_the_table_is_a_pattern() -> None:
    routes = {each.name for each in deployed() if each.is_route}
    reading = {name for name in routes if route_of(name)[0] == "GET"} - WITHOUT_TABLE
    assert reading <= {each.function for each in READS}


def test_every_exception_excuses_a_pattern() -> None:
    names = [each.name for each in PATTERNS]
    assert len(names) == len(set(names))
    assert all(any(name.startswith(excused) for name in names) for excused in EXCEPTIONS)


def test_a_visitor_comes_by_the_public_address() -> None:
    event = request("members.get_member", public=True, handle="noor")
    assert event["routeKey"] == "GET /v1/public/members/{handle}"
    assert event["rawPath"] == "/v1/public/members/noor"
    assert "authorizer" not in event["requestContext"]


def test_a_results_file_names_no_place_of_this_machine() -> None:
    latest = Path(__file__).parents[2] / "benchmarks/results/latest.json"
    assert not latest.exists() or "/home/" not in latest.read_text("utf-8")
