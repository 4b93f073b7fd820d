"""A stand-in for a dossier: what a clock needs of its target, and no more."""

from itertools import count

from povertyaudit.core.models import Region
from tests.factories import TOWN, places

_ids = count(900_000)


class Target:
    """Number, region and address of a row that no app has."""

    class _meta:  # noqa: N801
        label_lower = "tests.target"

    def __init__(self, region=TOWN, number=None):
        places()
        self.pk = next(_ids)
        self.number = number or f"990101-CS-2026-{self.pk}"
        self.region = Region.objects.get(pk=region)
        self.region_id = region

    def get_absolute_url(self):
        return f"/targets/{self.pk}/"
