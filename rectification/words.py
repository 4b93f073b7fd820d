"""An item in words and tables, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.models import Lead
from funds.models import Misuse
from inspections.models import Finding
from povertyaudit.core import render
from povertyaudit.core.models import Unit
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from povertyaudit.core.workflow import broken
from rectification import evidence_pages, extension_pages, gallery, period_pages, remaining
from rectification.models import UNCOUNTED, Item, Source, SourcePaper, State
from rectification.signed_words import (
    closed_words,
    filed_words,
    publication_words,
    reopened_words,
    signed_steps,
    signers,
)  # fmt: skip
from rectification.workflow import ITEM, UNIT, WORKING, gaps, owed
from rectification.workflow.apart import SIGNERS, hindrance
from rectification.workflow.changes import since_sent_back
from rectification.workflow.publishing import BEFORE_CLOSING

RUNNING = frozenset({State.ISSUED, *WORKING, State.CLOSURE_APPLIED, State.SECTOR_REVIEWED})


def share(done: int, total: int, none: str = "还没有措施") -> str:
    """A share with its numerator and denominator: 3/4（75%）."""
    return f"{done}/{total}（{done / total:.1%}）".replace(".0%", "%") if total else none


# What the page of an item says of its progress also where there is nothing to say yet.
ALWAYS = ("下发日期", "签收日期", "整改时限")
# Beyond those every list of items shows.
MORE_COLUMNS = (
    Column("get_source_display", "问题来源", shown=False),
    Column("problem_class", "大类", shown=False),
    Column("aspect", "方面", shown=False),
    Column("region.name", "地区", shown=False),
    Column("other_units", "其他责任单位", shown=False, value=lambda item: "、".join(
        row.unit.name for row in item.units.all() if not row.is_main)),
    Column("responsible_person", "责任人", shown=False),
    Column("leading_leader.display_name", "牵头县领导", shown=False),
    Column("get_completion_display", "完成情况", shown=False),
    Column("issued_on", "下发日期", kind="date", order="issued_on", shown=False),
    Column("accepted_on", "签收日期", kind="date", order="accepted_on", shown=False),
    Column("original_due_on", "原定时限", kind="date", order="original_due_on", shown=False),
    Column("closed_on", "销号日期", kind="date", order="closed_on", shown=False),
    Column("closed_late", "逾期销号", shown=False),
    Column("reopened_count", "重新打开次数", kind="number", shown=False),
)  # fmt: skip


def units_of(item: Item) -> Any:
    """Its responsible units, to choose from; the main unit first."""
    return Unit.objects.filter(pk__in=[row.unit_id for row in item.units.all()])


@dataclass(frozen=True)
class Branch:
    """One numbered line of the tree: a measure beside its results and evidence; without measure what goes beyond."""

    measure: Any
    results: list[Any]
    evidence: list[Any]
    mend: str = ""

    @property
    def no(self) -> int:
        return int(self.measure.no) if self.measure else 0

    @property
    def files(self) -> gallery.Shown:
        """Pairs side by side, the other files as small pictures; of many only the first."""
        return gallery.shown(self.evidence)


def tree(item: Item) -> list[Branch]:
    """Measures (1…n) with their results in parallel, then what belongs to no measure. Makes no query when prefetched."""
    results, evidence = list(item.results.all()), list(item.evidence.all())
    branches = [
        Branch(
            measure,
            [r for r in results if r.measure_id == measure.pk],
            [e for e in evidence if e.measure_id == measure.pk],
        )
        for measure in item.measures.all()
    ]
    beyond = Branch(None, [r for r in results if not r.measure_id], [e for e in evidence if not e.measure_id])
    return [*branches, beyond] if beyond.results or beyond.evidence else branches


def missing(item: Item, user: Any) -> list[Missing]:
    """What stands between the item and its next step, for those who can mend it."""
    if item.state in {State.DRAFT, State.ISSUED, State.CLOSED, *UNCOUNTED}:
        return []
    here, ours = item.get_absolute_url(), bool(UNIT & user.roles)
    lacking = sorted({no for numbers in gaps(item).values() for no in numbers})
    found = [_gap(item, no, here if ours else "") for no in lacking]
    if not item.measures.all():
        found.append(Missing("还没有整改措施。", f"{here}add_measure/"))
    count, fen = owed(item)
    if count:
        found.append(Missing(f"尚有 {count} 笔违规资金共 {render.yuan(fen)} 元未追缴到位。"))
    found += evidence_pages.missing(item, user)
    found += period_pages.late_reports(item)
    if item.state in WORKING and not period_pages.was_told(item):
        found.append(Missing("还没有报过整改进展。", f"{here}report/" if ours else ""))
    if any(not s.valid and s.one.voided_at is None for s in signed_steps(item)) or _unsigned(item):
        again = ITEM.transitions["apply"].offered(item, user)
        text = "签署已失效，请主责单位主要负责人重新签署。"
        found.append(Missing(text, f"{here}apply/" if again else ""))
    if item.state in WORKING and (last := since_sent_back(item))[0] is not None and not last[1]:
        found.append(
            Missing(f"{last[0].sent_back_on} 退回以来内容没有变化，请按退回意见补充。", "#sent_back")
        )
    if item.state == State.PUBLIC_NOTICE:
        found += [Missing(one.message, one.mend) for one in broken(BEFORE_CLOSING, item, user)]
    return found + _hindrances(item, user)


def _hindrances(item: Item, user: Any) -> list[Missing]:
    """What the reader did, or is, that keeps him from the signature he would be asked for."""
    asked = [verb for verb in SIGNERS if ITEM.transitions[verb].offered(item, user)]
    return [Missing(text) for verb in asked if (text := hindrance(item, verb, user))]


def _gap(item: Item, no: int, here: str) -> Missing:
    """What one measure still lacks, with the form that mends it."""
    lacking = gaps(item)
    told, shown = no not in lacking["results"], no not in lacking["evidence"]
    what = "佐证材料" if told else "成效" if shown else "成效和佐证材料"
    form = "add_evidence" if told else "add_result" if shown else "report"
    return Missing(
        f"第 {no} 条措施还没有{what}。", f"{here}{form}/?measure={_id_of(item, no)}" if here else ""
    )


def _unsigned(item: Item) -> bool:
    return item.state in {State.CLOSURE_APPLIED, State.SECTOR_REVIEWED} and item.standing("apply") is None


def _id_of(item: Item, no: int) -> str:
    return next((m.public_id for m in item.measures.all() if m.no == no), "")


def facts(item: Item) -> list[Facts]:
    """Labelled pairs of the head of the ledger."""
    measures = list(item.measures.all())
    done = sum(m.state == "done" for m in measures)
    others = [row.unit.name for row in item.units.all() if not row.is_main]
    problem = [
        Fact("大类", item.problem_class),
        Fact("方面", item.aspect),
        Fact("具体问题", item.problem, wide=True),
        Fact("整改目标", item.goal, wide=True),
        Fact("问题来源", item.get_source_display()),
        Fact("所属地区", item.region.path_name),
    ]
    duty = [
        Fact("主责单位", item.main_unit),
        Fact("其他责任单位", "、".join(others)),
        Fact("责任人", item.responsible_person),
        Fact("牵头单位", item.lead_unit),
        Fact("牵头县领导", item.leading_leader),
        Fact("督办单位", item.body_unit),
    ]
    way = [
        Fact("下发日期", item.issued_on, "date"),
        Fact("签收日期", item.accepted_on, "date"),
        Fact("整改时限", item.due_on, "date"),
        Fact("剩余时间", remaining.in_words(item.due_on) if item.state in RUNNING and item.due_on else ""),
        Fact("原定时限", item.original_due_on if item.original_due_on != item.due_on else None, "date"),
        Fact("延期", extension_pages.total(item)),
        Fact("完成情况", item.get_completion_display()),
        Fact("措施落实", share(done, len(measures))),
        Fact("未完成原因", item.unfinished_reason),
        Fact("销号前公示", publication_words(item)),
        Fact("销号日期", closed_words(item)),
    ]
    if item.state == State.LONG_TERM:
        way += [
            Fact("阶段目标", item.stage_goal, wide=True),
            Fact("下次阶段报告", item.next_stage_on, "date"),
        ]
    return [Facts("问题", problem), Facts("责任", duty), Facts("进度", said(way))]


def said(pairs: list[Fact]) -> list[Fact]:
    """Without the pairs that have nothing to say yet."""
    return [one for one in pairs if one.value or one.label in ALWAYS]


def money_of(item: Item, user: Any) -> Any:
    """The misuses tied to the item that the user may know of."""
    return Misuse.objects.visible_to(user).filter(pk__in=[link.misuse_id for link in item.misuse_links.all()])


def origins(item: Item, user: Any) -> list[Any]:
    """The paper, the item closed before, the finding and the lead behind the item, for those who may know of them."""
    pairs: tuple[tuple[Any, int | None], ...] = (
        (SourcePaper, item.paper_id), (Finding, item.finding_id), (Lead, item.lead_id), (Item, item.recurrence_of_id),
        (Item, item.split_from_id),
    )  # fmt: skip
    return [row for model, key in pairs if key for row in model.objects.visible_to(user).filter(pk=key)]


def begun_from(asked: Mapping[str, str], user: Any) -> dict[str, Any]:
    """What a paper, a finding, a lead or a misuse named in the address already knows about the item to be registered."""
    known: dict[str, Any] = {}
    if found := _named(Finding, asked.get("finding"), user):
        known |= {
            "source": Source.FINDING, "finding": found.number, "problem_class": found.problem_class,
            "aspect": found.aspect, "problem": found.text, "main_unit": found.unit,
        }  # fmt: skip
    if paper := _named(SourcePaper, asked.get("paper"), user):
        known |= {"source": paper.kind, "paper": paper.number}
    if lead := _named(Lead, asked.get("lead"), user):
        known |= {"source": Source.LEAD, "lead": lead.number}
    if money := _named(Misuse, asked.get("misuse"), user):
        known |= {"source": Source.MISUSE, "misuses": [money], "main_unit": money.responsible_unit}
    return known


def _named(model: Any, public_id: str | None, user: Any) -> Any:
    clean = (public_id or "").replace("\x00", "")[:40]
    return model.objects.visible_to(user).filter(public_id=clean).first() if clean else None


REPORT_COLUMNS = (
    Column("period", "报告期"),
    Column("text", "进展情况", phone="main"),
    Column("get_completion_display", "完成情况", phone="hide"),
    Column("reported_by.display_name", "报告人"),
    Column("reported_on", "日期", kind="date", phone="side"),
)
CLOSING_COLUMNS = (
    Column("no", "第几次", kind="number", phone="hide"),
    Column("closed_on", "销号日期", kind="date", phone="main"),
    Column("verified_on", "复核日期", kind="date"),
    Column("late", "逾期"),
    Column("signers", "申请、审核、复核", value=signers),
    Column("filed", "归档", value=filed_words),
    Column("reopened", "重新打开", value=reopened_words),
)
MISUSE_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "问题名称", phone="main"),
    Column("amount_fen", "涉及金额（元）", kind="money"),
    Column("recovered_fen", "已追缴（元）", kind="money"),
    Column("left_fen", "未追缴（元）", kind="money", phone="side"),
)
BULK_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "具体问题", phone="main"),
    Column("main_unit", "主责单位"),
    Column("measures", "措施（条）", kind="number", value=lambda item: len(item.measures.all())),
    Column("results", "成效（条）", kind="number", value=lambda item: len(item.results.all())),
    Column("evidence", "佐证材料（份）", kind="number", value=lambda item: len(item.evidence.all())),
)
SIGNED_COLUMNS = (
    Column("no", "序号", kind="number"),
    Column("text", "整改措施", phone="main"),
    Column("results", "整改成效", value=lambda row: row["results"]),
    Column("files", "佐证材料（份）", kind="number", value=lambda row: row["files"]),
)


def what_is_signed(item: Item) -> list[Facts | Table]:
    """Exactly what the three sign: the problem, measures with results, evidence, money."""
    rows = [
        {
            "no": branch.no or "—",
            "text": branch.measure.text if branch.measure else "（措施之外）",
            "results": "\n".join(f"{r.text}（{r.figures}）" if r.figures else r.text for r in branch.results),
            "files": len(branch.evidence),
        }
        for branch in tree(item)
    ]
    problem = [
        Fact("大类", item.problem_class),
        Fact("方面", item.aspect),
        Fact("具体问题", item.problem, wide=True),
        Fact("整改目标", item.goal, wide=True),
    ]
    links = [link.misuse for link in item.misuse_links.all()]
    money = f"{len(links)} 笔，共 {render.yuan(sum(m.amount_fen for m in links))} 元" if links else "无"
    columns = tuple(
        Column(c.key, c.label, c.kind, phone=c.phone, value=c.value or (lambda row, key=c.key: row[key]))  # type: ignore[misc]
        for c in SIGNED_COLUMNS
    )
    return [Facts("问题", [*problem, Fact("关联违规资金", money)]), Table("措施、成效和佐证", columns, rows)]
