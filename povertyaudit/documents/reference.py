"""The rows of the product's own templates: one a kind, without a file, drawn by the code of the kind."""

from datetime import date
from typing import Any

SINCE = date(2017, 1, 1)  # before anything that is registered
SOURCE = "GB/T 9704-2012，随产品提供"


def install_templates(model: Any, codes: Any) -> None:
    """Insert those that are not there; `model` is DocumentTemplate, also in its historical form."""
    known = set(model.objects.filter(changed_by=None).values_list("kind", flat=True))
    model.objects.bulk_create(
        model(kind=code, valid_from=SINCE, source=SOURCE, state="confirmed")
        for code in codes
        if code not in known
    )
