"""What pages say of assessments: the ranking with its matrix, a unit's sheet, an office's sheet, a scheme."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html

from povertyaudit.assessment.counting import CATALOGUE, as_words
from povertyaudit.assessment.models import (
    Assessment,
    AssessmentScheme,
    AssessmentState,
    Indicator,
    ScoreLine,
    ScoreSheet,
    UnitSheet,
    Way,
)
from povertyaudit.assessment.querysets import ENDED
from povertyaudit.assessment.services import opening, results
from povertyaudit.core import render
from povertyaudit.core.models import Unit, User
from povertyaudit.core.views import Column, Fact, Facts, Table

CONTENT = {"": "", **dict(Way.choices)}


def points(value: Any) -> str:
    """12.50 → 12.5."""
    return (
        "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    )


def address(line: ScoreLine, unit: Unit, row: Assessment) -> str:
    """The list of exactly the rows counted."""
    measure = CATALOGUE.get(line.measure)
    return measure.address(unit, row.first_day, row.last_day) if measure else ""


def linked(text: str, url: str) -> Any:
    return format_html('<a href="{}">{}</a>', url, text) if url and text else text or render.NOTHING


def assessment_facts(row: Assessment) -> list[Facts]:
    facts = [
        Fact("考核期", f"{row.first_day} 至 {row.last_day}"),
        Fact("考核对象", row.scheme.get_judged_display()),
        Fact("考核办法", f"{row.scheme.name}（{row.scheme.valid_from or '原有'}起施行）"),
        Fact("地区", row.region.path_name),
        Fact("启动人", row.opened_by.display_name if row.opened_by else "到期自动启动"),
        Fact("计数日期", row.counted_on, "date"),
        Fact("签发人", row.signed_by and row.signed_by.display_name),
        Fact("签发日期", row.signed_on, "date"),
        Fact("公布日期", row.published_on, "date"),
    ]
    if row.rival is not None:
        facts.append(
            Fact(
                "本期内办法有修改",
                f"另按“{row.rival.name}”（{row.rival.valid_from or '原有'}起施行）同时计算",
                wide=True,
            )
        )
    if row.decided_by is not None:
        facts.append(Fact("选定办法", f"{row.decided_by.display_name}：{row.decided_reason}", wide=True))
    gone = [
        f"{unit.name}（{unit.ends_on}{f'并入{unit.successor.name}' if unit.successor else '撤销'}）"
        for unit in opening.gone_units(row)
    ]
    if gone:
        facts.append(Fact("期内撤并、没有得分表的单位", "、".join(gone), wide=True))
    return [Facts("考核", [fact for fact in facts if fact.value not in (None, "")])]


def assessment_tables(row: Assessment, user: User) -> list[Table]:
    """The ranking, to those who judge with the matrix; by each scheme; and who scores."""
    if row.state == AssessmentState.COUNTING:
        return []
    seen = set(UnitSheet.objects.visible_to(user).filter(assessment=row).values_list("pk", flat=True))
    whole = row.sheets.count() == len(seen)
    found = [_ranking(row, scheme, whole, seen) for scheme in row.schemes()]
    sheets = ScoreSheet.objects.visible_to(user).filter(assessment=row).for_list().order_by("state", "pk")
    return [*found, Table("评分单位", SCORER_COLUMNS, sheets, key="scorers")] if sheets else found


def _ranking(row: Assessment, scheme: AssessmentScheme, whole: bool, seen: set[int]) -> Table:
    counts = scheme.pk == row.scheme_id
    found = results.results(row, scheme)
    title = "排名和得分" if row.rival is None else f"按“{scheme.name}”（{'为准' if counts else '对照'}）"
    columns = [
        Column("unit", "单位", kind="html", phone="main", value=lambda one: _unit(one, seen)),
        Column("place", "名次", kind="number", phone="side", value=_place),
        Column("total", "总分", kind="number", phone="below", value=lambda one: points(one.total)),
    ]
    if whole:
        columns += [
            Column(f"i_{one.code}", f"{one.name}（{one.weight}）", kind="html", value=_cell(one, row))
            for one in scheme.all_indicators()
        ]
        columns.append(
            Column(
                "adjusted",
                "加减分",
                value=lambda one: "否决" if one.vetoed else points(one.adjusted) if one.adjusted else "",
            )
        )
    key = "ranking" if counts else "rival"
    return Table(title, columns, found, key=key)


def _unit(one: results.Result, seen: set[int]) -> Any:
    return linked(one.sheet.unit.name, one.sheet.get_absolute_url() if one.sheet.pk in seen else "")


def _place(one: results.Result) -> str:
    return f"第 {one.place} 名" if one.place else "不参加排名"


def _cell(indicator: Indicator, row: Assessment) -> Any:
    def shown(one: results.Result) -> Any:
        line = next((line for line in one.lines if line.key == indicator.code), None)
        value = one.points.get(indicator.code)
        if line is None or value is None:
            return format_html('<span class="quiet">{}</span>', "待评")
        return linked(points(value), address(line, one.sheet.unit, row))

    return shown


SCORER_COLUMNS = (
    Column("number", "评分表", kind="link"),
    Column("unit.name", "评分单位", phone="main"),
    Column("light", "时限", kind="clock"),
    Column("state", "状态", kind="state"),
)


def sheet_facts(row: UnitSheet) -> list[Facts]:
    signed = row.assessment.state in ENDED
    facts = [
        Fact("单位", row.unit.name),
        Fact("考核", row.assessment.title),
        Fact("总分", points(row.total) if signed else "签发后核定"),
        Fact("名次", f"第 {row.place} 名" if row.place else "不参加排名" if row.left_out else "签发后核定"),
        Fact("不参加排名的理由", row.left_reason, wide=True),
        Fact("年度任务", "未完成" if row.task_missed else ""),
    ]
    if row.assessment.rival is not None and signed:
        facts.append(
            Fact(
                f"按“{row.assessment.rival.name}”",
                f"{points(row.rival_total)} 分，第 {row.rival_place or '—'} 名",
            )
        )
    return [Facts("得分", [fact for fact in facts if fact.value not in (None, "")])]


def sheet_tables(row: UnitSheet) -> list[Table]:
    """Points per indicator with the rows behind each figure; what was added; what was corrected since."""
    lines = list(row.lines.select_related("scheme"))
    found = [_lines(row, scheme, lines) for scheme in row.assessment.schemes()]
    added = list(row.adjustments.select_related("made_by__person"))
    corrected = list(row.corrections.select_related("line", "made_by__person"))
    if added:
        found.append(Table("加减分", ADJUSTMENT_COLUMNS, added, key="adjustments"))
    if corrected:
        found.append(Table("签发以后的更正", CORRECTION_COLUMNS, corrected, key="corrections"))
    return found


def _lines(row: UnitSheet, scheme: AssessmentScheme, lines: Sequence[ScoreLine]) -> Table:
    mine = [line for line in lines if line.scheme_id == scheme.pk]

    def counted(line: ScoreLine) -> Any:
        return linked(as_words(line.measure, line.hits, line.among), address(line, row.unit, row.assessment))

    columns = (
        Column("name", "指标", phone="main"),
        Column("weight", "满分", phone="hide"),
        Column("points", "得分", phone="side", value=lambda line: points(line.points) or "待评"),
        Column("hits", "计数", kind="html", phone="below", value=counted),
        Column("as_of", "截至", kind="date"),
        Column("way", "得分方式", value=lambda line: line.get_way_display()),
    )
    title = "各项指标" if row.assessment.rival is None else f"按“{scheme.name}”"
    return Table(title, columns, mine, key=f"lines{scheme.pk}")


ADJUSTMENT_COLUMNS = (
    Column("kind", "种类", phone="main", value=lambda row: row.get_kind_display()),
    Column("points", "分值", phone="side", value=lambda row: points(row.points) if row.points else ""),
    Column("reason", "事由", phone="sub"),
    Column("made_by.display_name", "登记人"),
)
CORRECTION_COLUMNS = (
    Column("line.name", "指标", phone="main"),
    Column("was", "签发得分", value=lambda row: points(row.line.points)),
    Column("points", "应得分", phone="side", value=lambda row: points(row.points)),
    Column("reason", "理由", phone="sub"),
    Column("made_on", "更正日期", kind="date"),
    Column("made_by.display_name", "更正人"),
)


def score_facts(row: ScoreSheet) -> list[Facts]:
    return [Facts("评分", [
        Fact("评分单位", row.unit.name),
        Fact("考核", row.assessment.title),
        Fact("时限", row.due_on, "date"),
        Fact("提交人", row.submitted_by and row.submitted_by.display_name),
        Fact("提交日期", row.submitted_on, "date"),
    ])]  # fmt: skip


def score_table(row: ScoreSheet, asked: Any) -> Table:
    """What was given so far, unit by unit."""
    given = {(one.unit_sheet_id, one.key): one.points for one in row.scores.all()}
    columns = [
        Column("unit.name", "被评单位", phone="main"),
        *(
            Column(
                one.code,
                one.name,
                value=lambda sheet, key=one.code: points(given.get((sheet.pk, key))),  # type: ignore[misc]
                phone="below",
            )
            for one in asked.indicators
        ),
    ]
    return Table("评分（每项 100 分，按权重折算）", columns, asked.sheets, "没有要评的单位。", key="scores")


INDICATOR_COLUMNS = (
    Column("name", "指标", phone="main"),
    Column("weight", "权重", phone="side"),
    Column("way", "得分方式", value=lambda one: Way(one.way).label, phone="sub"),
    Column(
        "measure",
        "计数口径",
        value=lambda one: CATALOGUE[one.measure].name if one.measure in CATALOGUE else "",
    ),
    Column(
        "definition",
        "怎样计数",
        value=lambda one: CATALOGUE[one.measure].definition if one.measure in CATALOGUE else "",
    ),
    Column("line", "怎样计分", value=lambda one: scoring_line(one)),
)


def scoring_line(one: Indicator) -> str:
    if one.is_scored:
        return "100 分制，按权重折算"
    if one.per_case:
        return f"每件扣 {one.per_case} 分"
    unit = " %" if CATALOGUE[one.measure].is_share else " 件"
    return f"{one.full_at}{unit}得满分，{one.zero_at}{unit}得 0 分，之间按比例"


def of_scheme(row: AssessmentScheme, _user: User) -> list[Table]:
    """On the page of a scheme in the catalogue of terms."""
    columns = (*INDICATOR_COLUMNS, Column("offices", "评分单位", value=lambda one: "、".join(one.offices)))
    title = f"{row.get_judged_display()}，{row.get_period_display()}，{row.region.name}；加减分合计不超过 {row.adjust_most} 分"
    return [Table(title, columns, row.all_indicators(), key="indicators")]
