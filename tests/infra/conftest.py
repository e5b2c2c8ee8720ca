import pytest

from tests.infra.assembly import Assembly, synthesis

# Of each setting that makes a difference to what is deployed, both sides are among these.
_STAGES: dict[str, dict[str, str]] = {
    "local": {},
    "dev": {},
    "prod": {
        "domain": "polyfolio.example",
        "certificate": "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000",
        "alarm_email": "operators@polyfolio.example",
        "google_client": "polyfolio.apps.googleusercontent.example",
        "linkedin_data_client": "polyfolio-at-linkedin",
    },
}


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assembly]:
    folder = tmp_path_factory.mktemp("assemblies")
    started = {stage: synthesis(stage, folder / stage, **said) for stage, said in _STAGES.items()}
    said = {stage: process.communicate()[0] for stage, process in started.items()}
    failed = {stage: said[stage] for stage, process in started.items() if process.returncode}
    assert not failed, "\n".join(failed.values())
    return {stage: Assembly(stage, folder / stage) for stage in _STAGES}


@pytest.fixture(scope="session", params=_STAGES)
def assembly(assemblies: dict[str, Assembly], request: pytest.FixtureRequest) -> Assembly:
    """Each stage in turn: for what holds everywhere."""
    return assemblies[request.param]


@pytest.fixture(scope="session")
def prod(assemblies: dict[str, Assembly]) -> Assembly:
    return assemblies["prod"]


@pytest.fixture(scope="session")
def local(assemblies: dict[str, Assembly]) -> Assembly:
    return assemblies["local"]
