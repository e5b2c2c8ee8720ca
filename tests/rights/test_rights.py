"""Each function may do what it does and nothing else: what all the tests of the API together made it do."""

import json
from collections import defaultdict

from infra.contexts import CONTEXTS
from tests.api.recorder import USED

type Actions = dict[str, set[str]]


def declared() -> Actions:
    functions = [function for context in CONTEXTS for function in context.functions()]
    return {each.stem: {action for grant in each.grants for action in grant.actions} for each in functions}


def used() -> Actions:
    seen: Actions = defaultdict(set)
    for path in USED.glob("*.json"):
        for stem, actions in json.loads(path.read_text()).items():
            seen[stem].update(actions)
    return seen


def test_each_function_has_the_actions_that_it_uses_and_no_others() -> None:
    seen = used()
    assert seen, "nothing was seen: `pytest tests/api` comes before this"

    assert {stem: sorted(seen[stem]) for stem in declared()} == {
        stem: sorted(each) for stem, each in declared().items()
    }
