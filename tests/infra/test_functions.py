"""What all functions have in common."""

import pytest

from infra.contexts import CONTEXTS, ROUTES
from tests.infra.assembly import Assembly

_LONGEST_WAIT = 30  # seconds; API Gateway's

pytestmark = pytest.mark.infra


def test_each_logs_to_a_group_of_its_own_that_forgets(assembly: Assembly) -> None:
    groups = {
        stem: assembly.behind(each.properties["LoggingConfig"], "Logs::LogGroup")
        for stem, each in assembly.functions().items()
    }

    assert len({group.id for group in groups.values()}) == len(groups)
    for stem, group in groups.items():
        assert group.properties["LogGroupName"] == f"/aws/lambda/polyfolio-{assembly.stage}-{stem}"
    for group in assembly.all("Logs::LogGroup"):
        assert group.properties["RetentionInDays"] <= 30, "the privacy promise"


def test_all_run_on_the_one_python_with_traces(assembly: Assembly) -> None:
    memory = {each.stem: each.memory or 512 for context in CONTEXTS for each in context.functions()}
    for stem, function in assembly.functions().items():
        assert function.properties["Runtime"] == "python3.13"
        assert function.properties["TracingConfig"] == {"Mode": "Active"}
        assert function.properties["MemorySize"] == memory[stem]


def test_on_aws_they_run_on_arm(prod: Assembly) -> None:
    assert {str(each.properties["Architectures"]) for each in prod.functions().values()} == {"['arm64']"}


def test_those_that_a_caller_waits_for_end_before_the_gateway_gives_up(prod: Assembly) -> None:
    for route in ROUTES:
        assert prod.functions()[route.function.stem].properties["Timeout"] < _LONGEST_WAIT


def test_the_trigger_ends_before_the_user_pool_gives_up(prod: Assembly) -> None:
    assert prod.functions()["check_admission"].properties["Timeout"] <= 5


def test_log_lines_and_metrics_say_whose_they_are(assembly: Assembly) -> None:
    for function in assembly.functions().values():
        told = function.properties["Environment"]["Variables"]
        assert told["POWERTOOLS_SERVICE_NAME"] == function.properties["Handler"].partition(".")[0]
        assert told["POWERTOOLS_METRICS_NAMESPACE"] == "Polyfolio"


def test_only_workers_carry_what_only_workers_may_import(assembly: Assembly) -> None:
    [workers] = [each for each in assembly.all("Lambda::LayerVersion") if each.id.startswith("Workers")]
    carrying = {
        stem for stem, each in assembly.functions().items() if workers.is_named_in(each.properties["Layers"])
    }

    effects = {effect.function.stem for context in CONTEXTS for effect in context.effects}
    assert carrying == {"publish", *effects}


def test_what_opens_the_files_of_strangers_is_carried_where_they_are_opened(assembly: Assembly) -> None:
    layers = assembly.all("Lambda::LayerVersion")
    [pictures] = [each for each in layers if each.id.startswith("Pictures")]
    [recordings] = [each for each in layers if each.id.startswith("Recordings")]
    # The picture of a profile is drawn with the same library; it opens nobody's file.
    for layer, carrying in ((pictures, {"process_upload", "draw_picture"}), (recordings, {"process_upload"})):
        assert {
            stem
            for stem, each in assembly.functions().items()
            if layer.is_named_in(each.properties["Layers"])
        } == carrying


def test_no_template_holds_the_signing_secret(assembly: Assembly) -> None:
    told = [each.properties["Environment"]["Variables"] for each in assembly.functions().values()]
    secrets = [each["SIGNING_SECRET"] for each in told if "SIGNING_SECRET" in each]

    assert secrets
    assert all("{{resolve:secretsmanager:" in str(each) for each in secrets)


def test_only_these_open_pages_of_others_and_nothing_inside(assembly: Assembly) -> None:
    told = {stem: each.properties["Environment"]["Variables"] for stem, each in assembly.functions().items()}

    # These ask those alone whom the stage's settings name.
    asking = {"begin_authorization", "prove_identity", "connect_linkedin"}
    opening = {"fetch_preview", "fetch_picture", "poll_source", *asking}
    assert {stem for stem, each in told.items() if "FETCH_CONTACT" in each} == opening
    local = opening | {"create_source"} if assembly.stage == "local" else set()
    assert {stem for stem, each in told.items() if "FETCH_ALLOWED" in each} == local
