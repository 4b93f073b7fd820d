"""Figures of a period: how often, how many attendances, how many persons — three figures that never add up — and what
else was done. Every one of them opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth, TruncQuarter

from funds import spans
from povertyaudit.activities.models import Activity, Commendation, Group, Regulation
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.core.views import BoardLine, Figure

SUMS = (
    ("n", "活动"),
    ("sessions", "场次"),
    ("times", "人次"),
    ("persons", "人数"),
    ("leaflets", "发放资料（份）"),
)
OTHERS = (
    ("units", "表彰集体"),
    ("honoured", "表彰个人"),
    ("rules", "施行方案制度"),
    ("built", "其中整改建立"),
)
WAYS: dict[str, tuple[str, str, Any]] = {  # way → (label, first head, what rows are grouped by)
    "group": ("按大类", "大类", F("kind__group")),
    "kind": ("按类别", "类别", F("kind__code")),
    "month": ("按月", "月份", TruncMonth("starts_on")),
    "quarter": ("按季度", "季度", TruncQuarter("starts_on")),
    "unit": ("按举办单位", "举办单位", F("unit__public_id")),
}
NAMES = {"kind": "kind__name", "unit": "unit__name"}
VOIDED = "voided"


@dataclass(frozen=True)
class Row:
    """One line: the key of its group and the sums."""

    key: str
    label: str
    sums: dict[str, int]
    asked: dict[str, str]  # conditions of the list besides the period


class Figures:
    """What one person may see of one period."""

    def __init__(self, user: User, way: str, span: spans.Span) -> None:
        self.user, self.way, self.span = user, way, span
        self.past = spans.before(span, moment.today())

    def rows_in(self, span: spans.Span) -> Any:
        rows = Activity.objects.visible_to(self.user).held().order_by()
        return rows.filter(**days("starts_on", span))

    @cached_property
    def rows(self) -> list[Row]:
        grouped = self.rows_in(self.span).annotate(key=WAYS[self.way][2])
        names = {"name": F(NAMES[self.way])} if self.way in NAMES else {}
        found = grouped.annotate(**names).values("key", *names).annotate(**_sums()).order_by("key")
        made = [self._row(one) for one in found]
        return (
            made if self.way in {"month", "quarter"} else sorted(made, key=lambda row: -row.sums["sessions"])
        )

    def _row(self, one: dict[str, Any]) -> Row:
        key, sums = one["key"], {name: int(one[f"s_{name}"] or 0) for name, _ in SUMS}
        if self.way in {"month", "quarter"}:
            part = (
                spans.of_month(key.year, key.month)
                if self.way == "month"
                else spans.of_quarter(key.year, (key.month + 2) // 3)
            )
            return Row(part.key, part.words, sums, _from_to("starts", self._within(part)))
        label = str(Group(key).label) if self.way == "group" else one["name"]
        return Row(key, label, sums, {**_from_to("starts", self.span), self.way: key})

    def _within(self, part: spans.Span) -> spans.Span:
        """The days of the part that lie in the period."""
        first, last = self.span.first or part.first, self.span.last or part.last
        if part.first is None or part.last is None or first is None or last is None:
            return part
        return spans.Span(part.key, part.words, max(first, part.first), min(last, part.last))

    def whole(self, span: spans.Span) -> dict[str, int]:
        found = self.rows_in(span).aggregate(**_sums())
        return {name: int(found[f"s_{name}"] or 0) for name, _ in SUMS}

    def others(self, span: spans.Span) -> dict[str, int]:
        """Honours given in the period, and what came into force in it."""
        honours = Commendation.objects.visible_to(self.user).standing().filter(**days("awarded_on", span))
        papers = (
            Regulation.objects.visible_to(self.user).exclude(state=VOIDED).filter(**days("valid_from", span))
        )
        given = honours.order_by().aggregate(
            units=Count("pk", filter=Q(kind="unit")), honoured=Count("pk", filter=Q(kind="person"))
        )
        laid = papers.order_by().aggregate(rules=Count("pk"), built=Count("pk", filter=Q(item__isnull=False)))
        return {**given, **laid}

    def lines(self) -> list[BoardLine]:
        return [BoardLine(row.label, figures(row.sums, row.asked)) for row in self.rows]

    def total(self) -> BoardLine | None:
        asked = _from_to("starts", self.span)
        return BoardLine("合计", figures(self.whole(self.span), asked)) if self.rows else None

    def compared(self) -> list[BoardLine]:
        """One line a figure: this period, the one before, and the difference."""
        now = {**self.whole(self.span), **self.others(self.span)}
        past = self.past
        then = {**self.whole(past), **self.others(past)} if past else {}
        found = []
        for name, label in (*SUMS, *OTHERS):
            here = [Figure(now[name], address(name, self.span))]
            if past is not None:
                more = now[name] - then[name]
                here += [
                    Figure(then[name], address(name, past)),
                    Figure(more, "", f"{more:+,}" if more else "持平"),
                ]
            found.append(BoardLine(label, here))
        return found

    def compared_heads(self) -> Sequence[str]:
        return ("本期", "上期", "增减") if self.past else ("本期",)

    def finding(self) -> str:
        if not self.rows:
            return ""
        whole = self.whole(self.span)
        words = f"{self.span.words}举办 {whole['sessions']:,} 场，{whole['times']:,} 人次参加"
        if self.past is not None:
            words += f"；{self.past.words} {self.whole(self.past)['sessions']:,} 场"
        return f"{words}。"


def _sums() -> dict[str, Any]:
    return {f"s_{name}": Count("pk") if name == "n" else Sum(name) for name, _ in SUMS}


def days(path: str, span: spans.Span) -> dict[str, date]:
    if span.first is None or span.last is None:
        return {}
    return {f"{path}__gte": span.first, f"{path}__lte": span.last}


def _from_to(name: str, span: spans.Span) -> dict[str, str]:
    if span.first is None or span.last is None:
        return {}
    return {f"{name}_from": span.first.isoformat(), f"{name}_to": span.last.isoformat()}


def figures(sums: dict[str, int], asked: dict[str, str]) -> list[Figure]:
    return [
        Figure(sums[name], listed("/activities/", {"held": "true", **asked, **({"leaflets": "1"} if name == "leaflets" else {})}))
        for name, _ in SUMS
    ]  # fmt: skip


def listed(url: str, asked: dict[str, str]) -> str:
    return f"{url}?{urlencode({**asked, 'view': 'all'})}"


def address(name: str, span: spans.Span) -> str:
    """The list that holds exactly the rows of a figure of the period."""
    if name in dict(SUMS):
        more = {"leaflets": "1"} if name == "leaflets" else {}
        return listed("/activities/", {"held": "true", **_from_to("starts", span), **more})
    if name in {"units", "honoured"}:
        kind = "unit" if name == "units" else "person"
        return listed("/commendations/", {"kind": kind, "state": "standing", **_from_to("awarded", span)})
    built = {"built": "true"} if name == "built" else {}
    return listed("/regulations/", {"laid_down": "true", **_from_to("valid", span), **built})
