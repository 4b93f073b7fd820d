"""The OpenAPI document as it is written down: read in a fraction of the time it takes to make it.

tests/drift.py holds it to be what the code gives; tests/core/test_api_schema.py makes it anew.
"""

from functools import cache

import yaml

from tests.drift import OPENAPI


@cache
def schema():
    """The whole document."""
    with OPENAPI.open(encoding="utf-8") as text:
        return yaml.load(text, Loader=yaml.CSafeLoader)
