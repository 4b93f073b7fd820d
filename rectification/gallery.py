"""The files of an item as a table and one by one: in the order of its measures, with the pair and the earlier versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyaudit.core.models import Role
from povertyaudit.core.views import Column, Table
from povertyaudit.core.views.parts import WHOLE_FROM
from rectification.models import Evidence, EvidenceKind, Item
from rectification.workflow import REGISTRARS, VERIFIERS

REVIEWERS = VERIFIERS | REGISTRARS | {Role.SECTOR}
MOST_ALIKE = 50
MOST_PAIRS, MOST_SINGLES = 4, 12  # of one measure within the tree


def address(item: Item, one: Any) -> str:
    """The page of one file of the item."""
    return f"{item.get_absolute_url()}evidence/{one.public_id}/"


def link(one: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', address(one.item, one), one.get_kind_display())


def size(one: Any) -> str:
    return str(filesizeformat(one.attachment.size))


def short(one: Any) -> SafeString:
    """The first signs of the hash; all of it when asked."""
    return format_html('<span title="{0}">{1}…</span>', one.attachment.sha256, one.attachment.sha256[:8])


def measure(one: Any) -> str:
    return f"第 {one.measure.no} 条" if one.measure else "整个事项"


COLUMNS = (
    Column("measure", "措施", value=measure, phone="first"),
    Column("kind", "类别", kind="html", value=link, phone="main"),
    Column("note", "说明", phone="sub"),
    Column("attachment.version_no", "第几版", kind="number", phone="hide"),
    Column("size", "大小", value=size, phone="hide"),
    Column("attachment.uploaded_by.display_name", "上传人", phone="hide"),
    Column("created_at", "日期", kind="date", value=lambda one: one.attachment.created_at, phone="side"),
    Column("hash", "校验值", kind="html", value=short, phone="hide"),
)
PAST_COLUMNS = (
    Column("version_no", "第几版", kind="number", phone="first"),
    Column("kind", "类别", kind="html", value=link, phone="main"),
    Column("state", "去向", kind="state"),
    Column("reason", "理由", phone="sub"),
    Column("ended_by.display_name", "办理人", phone="hide"),
    Column("ended_at", "日期", kind="date", phone="side"),
)
ALIKE_COLUMNS = (
    Column("ours", "本事项的材料", value=lambda row: f"{measure(row['ours'])}：{row['ours'].get_kind_display()}",
           phone="main"),
    Column("item", "另一事项", kind="html", value=lambda row: format_html(
        '<a href="{}">{}</a>', row["theirs"].item.get_absolute_url(), row["theirs"].item.number), phone="first"),
    Column("kind", "在该事项中的类别", kind="html", value=lambda row: link(row["theirs"]), phone="sub"),
)  # fmt: skip


def item_of(user: Any, public_id: str) -> Item | None:
    """The item of this id, if the user may know of it."""
    found: Item | None = Item.objects.visible_to(user).filter(public_id=public_id).first()
    return found


def in_order(item: Item) -> list[Any]:
    """The standing files by measure, those of the item as a whole last; a pair together. Out of the fetched rows."""
    every = list(item.evidence.all())
    places = {one.pk: one for one in every}

    def key(one: Any) -> tuple[Any, ...]:
        first = places.get(one.before_id, one)
        return (one.measure is None, one.measure.no if one.measure else 0, first.pk, one.pk)

    return sorted(every, key=key)


def tables(item: Item, user: Any) -> list[Table]:
    """All files, those of before, and for reviewers the same file in other items."""
    whole = f"{item.get_absolute_url()}evidence/"
    found = []
    if item.evidence.all():
        found.append(Table("佐证材料", COLUMNS, in_order(item), key="evidence", whole=whole))
    past = list(item.past_evidence.for_past()[: WHOLE_FROM + 1])
    if past:
        words, more = "更换以前的和撤下的佐证材料", f"{item.get_absolute_url()}past_evidence/"
        found.append(Table(words, PAST_COLUMNS, past, key="past_evidence", whole=more))
    return [*alike(item, user), *found]


def others(item: Item, user: Any) -> list[dict[str, Any]]:
    """The same files (`ours`) used as evidence of another item (`theirs`), for whoever reviews and may know of that item."""
    hashes = {one.attachment.original_sha256: one for one in item.evidence.all()}
    if not hashes or not REVIEWERS & user.roles:
        return []
    found = (
        Evidence.objects.visible_to(user)
        .standing()
        .for_list()
        .filter(attachment__original_sha256__in=[one for one in hashes if one])
        .exclude(item=item)
        .order_by("pk")
    )
    return [{"ours": hashes[one.attachment.original_sha256], "theirs": one} for one in found[:MOST_ALIKE]]


def alike(item: Item, user: Any) -> list[Table]:
    rows = others(item, user)
    return (
        [Table("同一文件还用作其他事项的佐证材料，请核对", ALIKE_COLUMNS, rows, key="alike")] if rows else []
    )


@dataclass(frozen=True)
class Pair:
    """The same spot before and after."""

    spot: str
    before: Any
    after: Any


def pairs(every: Sequence[Any]) -> tuple[list[Pair], list[Any]]:
    """The pairs among these files, and those that are in none."""
    known = {one.pk: one for one in every}
    found = [
        Pair(known[one.before_id].note or one.note, known[one.before_id], one)
        for one in every
        if one.before_id in known
    ]
    used = {one.pk for pair in found for one in (pair.before, pair.after)}
    return found, [one for one in every if one.pk not in used]


@dataclass(frozen=True)
class Shown:
    """The files of one measure as its line of the tree shows them; `left` more stand in the table."""

    pairs: list[Pair]
    singles: list[Any]
    left: int


def shown(every: Sequence[Any]) -> Shown:
    two, one = pairs(every)
    left = max(len(two) - MOST_PAIRS, 0) * 2 + max(len(one) - MOST_SINGLES, 0)
    return Shown(two[:MOST_PAIRS], one[:MOST_SINGLES], left)


@dataclass(frozen=True)
class Looked:
    """One file of an item to be looked at, with its neighbours and the versions of the same piece."""

    one: Any
    stands: bool
    at: int
    count: int
    previous: str
    next: str
    pair: Pair | None
    versions: list[Any]


def looked(item: Item, public_id: str) -> Looked | None:
    """The file of this id, standing, replaced or withdrawn; None where the item has none."""
    every = in_order(item)
    at = next((n for n, one in enumerate(every) if one.public_id == public_id), None)
    past = list(item.past_evidence.select_related("attachment__uploaded_by__person", "ended_by__person"))
    if at is None:
        one = next((one for one in past if one.public_id == public_id), None)
        if one is None:
            return None
        at = next((n for n, now in enumerate(every) if now.public_id == one.evidence), 0)
        same = [other for other in past if other.evidence == one.evidence]
        back = address(item, every[at]) if every and every[at].public_id == one.evidence else ""
        return Looked(one, False, 0, 0, "", back, None, same)
    one = every[at]
    found, _ = pairs(
        [row for row in every if row.kind in (EvidenceKind.PHOTO_BEFORE, EvidenceKind.PHOTO_AFTER)]
    )
    return Looked(
        one, True, at + 1, len(every), address(item, every[at - 1]) if at else "",
        address(item, every[at + 1]) if at + 1 < len(every) else "",
        next((pair for pair in found if one in (pair.before, pair.after)), None),
        [row for row in past if row.evidence == one.public_id],
    )  # fmt: skip
