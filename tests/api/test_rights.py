"""Each function may do what it does and nothing else. Runs last: the other tests make the functions do it."""

from infra.contexts import CONTEXTS
from tests.api.conftest import Deployed


def declared() -> dict[str, set[str]]:
    functions = [function for context in CONTEXTS for function in context.functions()]
    return {each.stem: {action for grant in each.grants for action in grant.actions} for each in functions}


def test_each_function_has_the_actions_that_it_uses_and_no_others(deployed: Deployed) -> None:
    used = {stem: deployed.recorder.used[stem] for stem in declared()}

    assert {stem: sorted(each) for stem, each in used.items()} == {
        stem: sorted(each) for stem, each in declared().items()
    }
