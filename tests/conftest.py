"""Powertools reads its environment when it is imported, so this stands before everything."""

import os

os.environ |= {"POWERTOOLS_SERVICE_NAME": "tests", "POWERTOOLS_METRICS_NAMESPACE": "Polyfolio"}
