"""What every business row has: an opaque id, a version, and a place in a dossier with one chain of record."""

import os
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.urls import get_script_prefix, reverse

from povertyaudit.core import moment

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # no look-alikes: people read ids over the phone
ID_LENGTH = 22
_PLACE = "2" * ID_LENGTH
_ROUNDS = 256 // len(ALPHABET) * len(ALPHABET)
_SIGNS = (ALPHABET * 5)[:256].encode()
_BEYOND = bytes(range(_ROUNDS, 256))


def new_public_id() -> str:
    """A random id of 22 characters (about 128 bits): it tells nothing and cannot be counted."""
    return new_public_ids(1)[0]


def new_public_ids(count: int) -> list[str]:
    """Many ids. Random bytes fall on each sign equally often: those above the last whole round of signs are left out."""
    signs, wanted = "", count * ID_LENGTH
    while len(signs) < wanted:
        signs += os.urandom((wanted - len(signs)) * 5 // 4 + 8).translate(_SIGNS, _BEYOND).decode("ascii")
    return [signs[at : at + ID_LENGTH] for at in range(0, wanted, ID_LENGTH)]


def page_of(name: str, public_id: str) -> str:
    """The address of a record's page, as `reverse(name, kwargs={"id": public_id})`; the pattern is looked up once."""
    return _page(name, get_script_prefix()).replace(_PLACE, public_id)


@cache
def _page(name: str, _prefix: str) -> str:
    return reverse(name, kwargs={"id": _PLACE})


class Today(models.Value):
    """The day on which the query runs: a queryset kept in a form class would otherwise stay at the day of the start."""

    def __init__(self) -> None:
        super().__init__(None, output_field=models.DateField())

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return models.Value(moment.today(), models.DateField()).as_sql(compiler, connection)


UNNUMBERED = "未编号"  # a plan that is still secret


class Row(models.Model):
    """A business row. Written only through `core.rows`, which raises `version` and records the act."""

    # How to reach the dossier, e.g. "item" or "measure__item"; empty when the row is itself a dossier.
    dossier_path: ClassVar[str] = ""
    # Values that enter the record as salted digests, so that they can be erased later.
    personal_fields: ClassVar[frozenset[str]] = frozenset()
    # Columns that came after the first release: empty, they are no part of the digest, or old rows would look altered.
    later_columns: ClassVar[frozenset[str]] = frozenset()
    # Columns that follow from others of the row, or are sealed anew when the key changes: no part of the digest.
    derived_columns: ClassVar[frozenset[str]] = frozenset()
    # Somebody may stand behind it whose identity lies in the vault: what is written is compared with it.
    keeps_identity: ClassVar[bool] = False
    # Names of foreign keys to dossiers, or paths of them ("finding__object"): who is recused from one of them sees
    # nothing of this row, and no text of this row may say who complained there.
    recused_with: ClassVar[tuple[str, ...]] = ()
    # Own columns the searches look in, and own sums in 分: what the index of pairs is made of (`core.grams`).
    searched_texts: ClassVar[tuple[str, ...]] = ()
    searched_sums: ClassVar[tuple[str, ...]] = ()
    # The only verbs that may write to it once it is archived.
    may_follow_archive: ClassVar[frozenset[str]] = frozenset()

    public_id = models.CharField(
        "编号标识", max_length=22, unique=True, default=new_public_id, editable=False
    )
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("登记时间", default=moment.now, editable=False)
    updated_at = models.DateTimeField("更新时间", default=moment.now, editable=False)

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        """Whether it was put away; a model that can be has the day in `archived_on`."""
        return getattr(self, "archived_on", None) is not None

    @property
    def dossier(self) -> Any:
        """The root row whose chain records what happens to this row."""
        row: Any = self
        for name in self.dossier_path.split("__"):
            row = getattr(row, name) if name else row
        return row

    @property
    def is_secret_now(self) -> bool:
        """Of a root: whether only those named on it know of it, and nobody because it lies in his region."""
        return False

    def scope_keys(self) -> dict[str, Any]:
        """Who could see the row: stored before and after each change for the sync of other levels. What is secret lies
        in no region: there it is not missed when it moves, and is when it becomes secret."""
        root = self.dossier
        region = None if root.is_secret_now else root.region_id
        return {"region": region, "units": sorted(root.scope_units())}


class Dossier(Row):
    """The root of a record chain: a lead, a round, a misuse, an item."""

    is_dossier: ClassVar[bool] = True
    takes_comments: ClassVar[bool] = True  # False where no free text may stand beside the record

    number = models.CharField("编号", max_length=40, unique=True, null=True, blank=True, editable=False)  # noqa: DJ001 — null until a secret plan ends
    region = models.ForeignKey("core.Region", models.PROTECT, verbose_name="所属地区", related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number or UNNUMBERED

    def scope_units(self) -> list[int]:
        """Ids of the units that see the row because it is assigned to them."""
        return []
