"""Around a handler, in a start whose time is not taken: which modules are loaded once it has answered."""

import os
import sys
from importlib import import_module
from typing import Any

_module, _, _name = os.environ["PROBED"].rpartition(".")
_probed = getattr(import_module(_module), _name)


def handler(event: Any, context: Any) -> dict[str, Any]:
    answer = _probed(event, context)
    return {"answer": answer, "modules": sorted(set(sys.modules) - {__name__})}
