"""误报率: what became of suspicions, by rule, department and excuse. Each word is one condition for board and list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum

from cases.models import Lead, Outcome
from cases.models.outcomes import DECIDED as DECISIONS
from funds.models import Excuse, MatchList, MatchTerm, Suspicion
from funds.suspicion_querysets import DECIDED
from povertyaudit.core import render
from povertyaudit.core.views import BoardLine, Figure

STANDING = {
    "checked": "已核查（案头以后）", "decided": "已处理", "cleared": "已排除", "corrected": "已纠正", "lead": "已转办",
}  # fmt: skip
HEADS = ("疑点", "已核查", "已排除", "已纠正", "已转办", "误报率")
LEAD_HEADS = ("立案", "组织处理")
WAYS = {"rule": "match_list__rule__code", "compared": "match_list__compared__code"}


def standing() -> dict[str, Q]:
    """Word → rows."""
    return {
        "checked": ~Q(state="imported"), "decided": Q(state__in=DECIDED), "cleared": Q(state="cleared"),
        "corrected": Q(state="corrected"), "lead": Q(state="lead"),
    }  # fmt: skip


def of_leads(user: Any) -> dict[str, Q]:
    """What came of leads this person may know of: a case filed, 组织处理 decided."""
    leads = Lead.objects.visible_to(user)
    handled = Outcome.objects.visible_to(user).filter(kind="org", state__in=DECISIONS)
    return {
        "filed": Q(lead__in=leads.filter(filed_on__isnull=False).values("pk")),
        "handled": Q(lead__in=handled.values("lead")),
    }


def grouped(user: Any, by: str, *, leads: bool) -> list[tuple[str, dict[str, Any]]]:
    """`[(label, figures with "key")]` by rule or by compared register: one question, and one for the names."""
    words = {**standing(), **(of_leads(user) if leads else {})}
    counts = {f"n_{word}": Count("pk", filter=rows) for word, rows in words.items()}
    rows = Suspicion.objects.visible_to(user).order_by().values(key=F(WAYS[by]))
    found = list(rows.annotate(n_all=Count("pk"), **counts))
    names = dict(MatchTerm.objects.filter(kind=by).codes())
    return [(names.get(row["key"], row["key"]), row) for row in found]


def line(label: str, row: dict[str, Any], asked: dict[str, str], *, leads: bool) -> BoardLine:
    """The figures of one group, each with the list of its rows."""

    def opens(**more: str) -> str:
        return f"/suspicions/?{urlencode({**asked, **more, 'view': 'all'})}"

    figures = [Figure(row["n_all"], opens())]
    figures += [
        Figure(row[f"n_{word}"], opens(standing=word)) for word in ("checked", "cleared", "corrected", "lead")
    ]
    if leads:
        figures += [Figure(row[f"n_{word}"], opens(came_of=word)) for word in ("filed", "handled")]
    figures.append(Figure(row["n_decided"], opens(standing="decided"), share(row)))
    return BoardLine(label, figures)


def share(row: dict[str, Any]) -> str:
    """误报率: cleared of all that were decided."""
    if not row["n_decided"]:
        return "—"
    return f"{row['n_cleared'] * 100 / row['n_decided']:.1f} %（{row['n_cleared']}/{row['n_decided']}）"


def excused(user: Any) -> list[BoardLine]:
    """How often each department's data were excused, and why: what 数据回头看 asks. One question."""
    rows = Suspicion.objects.visible_to(user).filter(state="cleared").order_by()
    found = rows.values("match_list__compared__department", "excuse__code").annotate(n=Count("pk"))
    names = dict(Excuse.objects.codes())
    lines = []
    for row in sorted(found, key=lambda one: -one["n"]):
        department, code = row["match_list__compared__department"], row["excuse__code"]
        asked = {"department": department, "excuse": code, "standing": "cleared", "view": "all"}
        url = f"/suspicions/?{urlencode(asked)}"
        label = f"{department or '没有写明部门'}：{names.get(code, code)}"
        lines.append(BoardLine(label, [Figure(row["n"], url)]))
    return lines


def reported(user: Any) -> list[dict[str, Any]]:
    """What was reported by hand, by rule: shown beside, never added to what is counted."""
    sums = {name: Sum(f"reported_{name}") for name in ("rows", "filed", "handled", "fen")}
    lists = MatchList.objects.visible_to(user).filter(reported_rows__isnull=False).exclude(state="voided")
    names = dict(MatchTerm.objects.filter(kind="rule").codes())
    found = list(lists.order_by().values(key=F("rule__code")).annotate(**sums))
    return [
        {**row, "label": names.get(row["key"], row["key"]), "money": render.yuan(row["fen"] or 0)}
        for row in found
    ]
