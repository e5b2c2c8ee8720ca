"""What the project costs: DynamoDB's request units per access pattern, and each function's cold start."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# So that `python -m benchmarks` finds the functions and core without a PYTHONPATH.
sys.path[:0] = [
    each for each in map(str, (ROOT / "functions", ROOT / "layers/core/python")) if each not in sys.path
]
