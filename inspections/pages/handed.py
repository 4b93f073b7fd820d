"""What a round handed on, for its page: opinions, notices, leads, papers, feedback, plans, and who reviews them."""

from collections import Counter as Counts
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse

from cases.models import Handover
from inspections.models import Opinion
from inspections.pages.parts import to_record
from inspections.pages.round_parts import Counter, Part, Seen
from inspections.views.feedback import FEEDBACK_COLUMNS, PLAN_COLUMNS
from inspections.views.notices import NOTICE_COLUMNS
from inspections.views.opinions import OPINION_COLUMNS
from inspections.views.papers import PAPER_COLUMNS
from inspections.workflow.who import OFFICE, member_of
from povertyaudit.core.views import Column, Table

BODY_COLUMNS = (
    Column("body.name", "联审机构", phone="main"),
    Column("unit.name", "承办单位", phone="side"),
)


class HandedOn(Part):
    """Everything that leaves the round."""

    beside = frozenset({"hand_lead", "set_reviewers"})

    def counters(self, seen: Seen) -> list[Counter]:
        """Figures the reader may know, each opening its list."""
        row, one = seen.row, f"?round={seen.row.public_id}"
        return [
            *self.opinions(seen, f"/opinions/{one}"),
            *self.notices(seen, f"/immediate-notices/{one}"),
            Counter("移交线索", row.handed_leads.visible_to(seen.user).count(), "#leads", "条"),
        ]

    def opinions(self, seen: Seen, url: str) -> list[Counter]:
        """By kind, with those accepted."""
        found = []
        rows = seen.row.opinions.visible_to(seen.user).order_by()
        counted = Counts(dict(rows.values_list("kind").annotate(n=Count("pk"))))
        done = Counts(dict(rows.filter(state="accepted").values_list("kind").annotate(n=Count("pk"))))
        for kind in Opinion.Kind:
            if counted[kind] or kind == Opinion.Kind.RECTIFY:
                here = f"{url}&kind={kind}"
                found.append(Counter(str(kind.label), counted[kind], here, "条"))
                found.append(Counter(f"{kind.label}已采纳", done[kind], f"{here}&state=accepted", "条"))
        return found

    def notices(self, seen: Seen, url: str) -> list[Counter]:
        tally = seen.row.immediate_notices.visible_to(seen.user).tally()
        if not tally["should"]:
            return []
        return [
            Counter("立行立改应整改", tally["should"], url, "件"),
            Counter("立行立改已整改", tally["done"], f"{url}&state=closed", "件"),
        ]

    def tables(self, seen: Seen) -> list[Table]:
        return handed_tables(seen.row, seen.user, seen.offered)


def handed_tables(round_: Any, user: Any, offered: Mapping[str, tuple[str, str]]) -> list[Table]:
    """The tables, each with its act for those who work on the round; nothing of what the reader may not know."""
    adds = _adding(round_, user)
    notices = round_.immediate_notices.visible_to(user)
    tally = notices.tally()
    kinds = (
        ("意见", OPINION_COLUMNS, round_.opinions, "还没有登记意见。", ("登记意见", "opinion_new"), "opinions"),
        (
            f"立行立改（应整改 {tally['should']}，已整改 {tally['done']}）", NOTICE_COLUMNS, round_.immediate_notices,
            "没有立行立改通知。", ("发出通知", "immediate_notice_new"), "immediate_notices",
        ),
        ("反馈表", FEEDBACK_COLUMNS, round_.feedbacks, "还没有反馈。", ("起草反馈表", "feedback_new"), "feedbacks"),
        ("整改方案和报告", PLAN_COLUMNS, round_.rectification_plans, "签收反馈表后编制。", None, "rectification_plans"),
        ("轮次文书", PAPER_COLUMNS, round_.papers, "还没有登记文书。", ("登记文书", "round_paper_new"), "round_papers"),
    )  # fmt: skip
    tables = []
    for title, columns, rows, empty, act, key in kinds:
        found = rows.visible_to(user).for_list().order_by("-pk")
        whole = f"{reverse(key)}?round={round_.public_id}"
        tables.append(Table(title, columns, found, empty, adds(act), key, whole))
    return [*tables, leads_table(round_, user, offered), reviewers_table(round_, offered)]


def _adding(round_: Any, user: Any) -> Any:
    """(label, address) of an act for those on the round while it is not closed."""
    on_it = round_.closed_on is None and (user.roles & OFFICE or member_of(round_, user))

    def adds(act: tuple[str, str] | None) -> tuple[str, str] | None:
        return (act[0], f"{reverse(act[1])}?round={round_.public_id}") if act and on_it else None

    return adds


SLIP_COLUMNS = (
    Column("slip", "移交清单", value=lambda one: one.address or one.number, phone="first"),
    Column("leads", "线索（条）", kind="number", phone="side"),
    Column("standings", "办理情况", phone="main"),
    Column("findings", "对应的问题", phone="sub"),
    Column("handed_on", "移交日期", kind="date", phone="sub"),
    Column("receipt_on", "回执日期", kind="date"),
)


@dataclass(frozen=True)
class Slip:
    """One hand-over list of the round, as its leads stand."""

    number: str
    address: str  # a link for those who may open the list
    leads: int
    standings: str
    findings: str
    handed_on: Any
    receipt_on: Any


def leads_table(round_: Any, user: Any, offered: Mapping[str, tuple[str, str]]) -> Table:
    """What was handed to the discipline body, list by list, and how it stands; no persons. Two questions."""
    rows = round_.handed_leads.visible_to(user).select_related("row__handover", "finding").order_by("-pk")
    by_slip: dict[Any, list[Any]] = {}
    for one in rows:
        by_slip.setdefault(one.row.handover, []).append(one)
    known = set(Handover.objects.visible_to(user).filter(pk__in=[slip.pk for slip in by_slip]))
    slips = [
        Slip(
            number=slip.number, address=to_record(slip) if slip in known else "", leads=len(lines),
            standings=_counted([one.row.get_standing_display() for one in lines]),
            findings="、".join(sorted({one.finding.number for one in lines if one.finding})),
            handed_on=slip.handed_on, receipt_on=slip.receipt_on,
        )
        for slip, lines in by_slip.items()
    ]  # fmt: skip
    return Table("移交的线索", SLIP_COLUMNS, slips, "没有移交线索。", offered.get("hand_lead"), "leads")


def _counted(words: list[str]) -> str:
    """已登记 30 条、退回 1 条."""
    return "、".join(f"{word} {number} 条" for word, number in Counts(words).most_common())


def reviewers_table(round_: Any, offered: Mapping[str, tuple[str, str]]) -> Table:
    rows = round_.bodies.select_related("body", "unit").order_by("pk")
    return Table(
        "联审单位", BODY_COLUMNS, rows, "还没有确定联审单位。", offered.get("set_reviewers"), "bodies"
    )
