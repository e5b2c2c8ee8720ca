"""What a function imports stands in its layers: of what the runtime has besides nobody knows the version."""

from collections import defaultdict

import pytest

from benchmarks.cold.functions import deployed
from infra.packaging import Platform, context_package, layer_package
from tests.infra.packages import run_alone


def by_layers() -> dict[tuple[str, ...], list[str]]:
    found = defaultdict(list)
    for each in deployed():
        found[each.layers].append(each.name)
    return found


@pytest.mark.infra
@pytest.mark.parametrize(("layers", "names"), by_layers().items(), ids=lambda each: "-".join(each)[:40])
def test_functions_import_what_their_layers_hold(layers: tuple[str, ...], names: list[str]) -> None:
    code = map(context_package, {name.partition(".")[0] for name in names})
    held = (layer_package(each, Platform.HOST) / "python" for each in layers)

    assert run_alone("\n".join(f"import {each}" for each in names), *code, *held) == ""
