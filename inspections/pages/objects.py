"""Objects of a round on its page, and how much each of them was told and still owes."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inspections.models import Round, RoundObject
from inspections.pages.round_parts import Counter, Owed, Part, Seen
from inspections.querysets import TOLD
from povertyaudit.core.render import NOTHING
from povertyaudit.core.views import Column, Table

WORDS = {  # as `querysets.TOLD`: what is told an object, and what is said of those not done
    "finding": ("发现问题", "未转整改"), "opinion": ("意见", "未办完"), "notice": ("立行立改", "未办结"),
    "feedback": ("反馈表", "未签收"),
}  # fmt: skip
LISTS = {
    "finding": "/findings/", "opinion": "/opinions/", "notice": "/immediate-notices/", "feedback": "/feedbacks/",
}  # fmt: skip


def told(name: str) -> Callable[[Any], SafeString]:
    """A cell: how many, opening exactly these; and how many of them are not done, opening these."""

    def cell(row: Any) -> SafeString:
        n, left = getattr(row, f"{name}_count"), getattr(row, f"{name}_left")
        if not n:
            return NOTHING
        here = f"{LISTS[name]}?{urlencode({'object': row.public_id})}"
        if not left:
            return format_html('<a href="{}">{}</a>', here, n)
        words = f"{left} {WORDS[name][1]}"
        if left == n:
            return format_html('<a href="{}&left=yes">{}</a>', here, words)
        return format_html('<a href="{}">{}</a>，<a href="{}&left=yes">{}</a>', here, n, here, words)

    return cell


TOLD_COLUMNS = tuple(
    Column(f"{name}_count", WORDS[name][0], kind="html", value=told(name), phone="more") for name in TOLD
)
OBJECT_COLUMNS = (
    Column("name", "对象名称", kind="link"),
    Column("get_kind_display", "类别", phone="main"),
    Column("team.name", "巡察组", phone="sub"),
    *TOLD_COLUMNS,
    Column("state", "状态", kind="state"),
)


def objects_url(row: Round, **more: str) -> str:
    """The list of the round's objects."""
    return f"/round-objects/?{urlencode({'round': row.public_id, **more})}"


class Objects(Part):
    beside = frozenset({"add_objects"})

    def counters(self, seen: Seen) -> Sequence[Counter]:
        """By kind, then how far they are."""
        rows = seen.row.round_objects.visible_to(seen.user)
        counted = {
            name: dict(
                rows.standing().order_by().values_list(name).annotate(n=Count("pk")).values_list(name, "n")
            )
            for name in ("kind", "state")
        }
        found = [
            Counter(str(kind.label), counted["kind"][kind], objects_url(seen.row, kind=kind))
            for kind in RoundObject.Kind
            if counted["kind"].get(kind)
        ]
        return found + [
            Counter(f"对象{state.label}", counted["state"].get(state, 0), objects_url(seen.row, state=state))
            for state in (RoundObject.State.NOT_ENTERED, RoundObject.State.ENTERED, RoundObject.State.LEFT)
            if counted["kind"]
        ]

    def owed(self, seen: Seen) -> Sequence[Owed]:
        """Objects to be entered and left, by team."""
        if seen.row.state != Round.State.OPEN:
            return ()
        words = {"not_entered": "没有进驻", "entered": "没有登记离开"}
        rows = (
            seen.row.round_objects.visible_to(seen.user)
            .filter(state__in=words)
            .order_by("team__place", "-state")
        )
        counted = rows.values_list("team__name", "state").annotate(n=Count("pk"))
        return [
            Owed(
                f"{n} 个对象{words[state]}",
                team or "巡察办",
                objects_url(seen.row, state=state),
                seen.row.ends_on,
            )
            for team, state, n in counted.values_list("team__name", "state", "n")
        ]

    def tables(self, seen: Seen) -> Sequence[Table]:
        rows = seen.row.round_objects.visible_to(seen.user).for_list().with_counts(seen.user)
        rows = rows.order_by("region_id", "pk")
        add = seen.offered.get("add_objects")
        whole = objects_url(seen.row)
        return [Table("巡察对象", OBJECT_COLUMNS, rows, "还没有确定巡察对象。", add, "objects", whole)]
