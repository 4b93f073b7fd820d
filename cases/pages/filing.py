"""What pages show of cases and outcomes."""

from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import CasePerson, Lead, Outcome
from cases.models.measures import Form
from povertyaudit.core.views import Column, Fact, Facts, Table

RULE_OF_FORMS = (
    "一人在统计期内只按最重的一种形态计一次，不论涉及几件线索、几项决定；轻重相同的计先作出的一项。"
    "身份证号相同，或者姓名和单位相同，或者姓名相同并且问题属地在同一乡镇的，算同一人；只是同名的分别计，身份证号不同的是两个人。"
    "已被变更、撤销的决定不计。季度、全年分别计，同一人可以在两个季度各计一次、全年只计一次。"
)


def link(text: str, url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)


def filed_by(person: CasePerson) -> str:
    """E.g. “党纪立案 2026-03-02（青禾县纪委监委）；政务立案 …”."""
    found = []
    if person.party_filed_on:
        found.append(f"党纪立案 {person.party_filed_on}（{person.party_body}）")
    if person.state_filed_on:
        found.append(f"政务立案 {person.state_filed_on}（{person.state_body}）")
    return "；".join(found)


def names(row: Any) -> str:
    """The persons filed on in one phrase."""
    found = [person.subject.name for person in row.lead.case_persons.all()]
    return f"{'、'.join(found[:2])}等 {len(found)} 人" if len(found) > 2 else "、".join(found)


CASE_COLUMNS = (
    Column("number", "立案编号", kind="link", order="number"),
    Column("lead.title", "案由", phone="main"),
    Column("persons", "立案人员", value=names, phone="hide"),
    Column("lead.region.name", "属地", phone="hide"),
    Column("filed_on", "立案日期", kind="date", order="filed_on", phone="sub"),
    Column("owed_fen", "应缴（元）", kind="money", phone="hide"),
    Column("taken_fen", "已缴（元）", kind="money", phone="hide"),
    Column("returned_fen", "退还群众（元）", kind="money", phone="hide"),
    Column("stage", "进展", value=lambda row: row.lead.get_state_display(), phone="last"),
    Column("lead.number", "线索编号", shown=False),
    Column("lead.handler.display_name", "承办人", shown=False),
    Column("lead.concluded_on", "办结日期", kind="date", shown=False),
)
OUTCOME_COLUMNS = (
    Column("number", "编号", kind="link", order="number"),
    Column("subject.name", "被处理人", phone="main"),
    Column("get_measure_display", "处理", phone="sub"),
    Column("get_kind_display", "类别", phone="hide"),
    Column("decided_on", "决定日期", kind="date", order="decided_on", phone="hide"),
    Column("effect_until", "影响期至", kind="date", order="effect_until", phone="hide"),
    Column("get_form_display", "四种形态", phone="hide"),
    Column("due_on", "执行期限", kind="clock", order="due_on"),
    Column("state", "状态", kind="state"),
    Column("subject.unit_text", "工作单位", shown=False),
    Column("subject.post_text", "职务", shown=False),
    Column("document_number", "文号", shown=False),
    Column("body", "决定机关", shown=False),
    Column("region.name", "属地", shown=False),
    Column("lead.number", "线索编号", shown=False),
)
ON_LEAD = (
    Column("number", "编号", kind="link"),
    Column("subject.name", "被处理人", phone="main"),
    Column("get_measure_display", "处理", phone="sub"),
    Column("decided_on", "决定日期", kind="date"),
    Column("document_number", "文号"),
    Column("effect_until", "影响期至", kind="date"),
    Column("state", "状态", kind="state"),
)
PERSON_COLUMNS = (
    Column("subject.name", "姓名", phone="main"),
    Column("party_member", "中共党员", phone="more"),
    Column("filed_by", "立案", value=filed_by, phone="more"),
)
RETURN_COLUMNS = (
    Column("get_kind_display", "退回方式", phone="main"),
    Column("returned_on", "退回日期", kind="date"),
    Column("reason", "理由"),
    Column("resubmitted_on", "重新送审日期", kind="date"),
    Column("answer", "补证情况"),
)
MONEY_COLUMNS = (
    Column("subject.name", "人员", phone="main"),
    Column("get_kind_display", "方式"),
    Column("owed_fen", "应缴（元）", kind="money", phone="side"),
    Column("taken_fen", "已缴（元）", kind="money"),
    Column("returned_fen", "退还群众（元）", kind="money"),
    Column("left_fen", "未缴（元）", kind="money"),
    Column("paper", "文书或者凭证号"),
)
EXECUTION_COLUMNS = (
    Column("get_kind_display", "执行事项", phone="main"),
    Column("standing", "情况", phone="side"),
    Column("done_on", "完成日期", kind="date"),
    Column("paper", "文书或者说明"),
    Column("recorded_by.display_name", "登记人"),
)


def filing_tables(lead: Lead, adds: Any) -> list[Table]:
    """The tables a filed lead has below its steps."""
    outcomes = lead.outcomes.select_related("subject").order_by("pk")
    money = lead.money.select_related("subject")
    total = sum(row.owed_fen for row in money)
    words = f"涉案款物（应缴合计 {total / 100:,.2f} 元）" if total else "涉案款物"
    persons = lead.case_persons.select_related("subject")
    return [
        Table(f"立案人员（{lead.case.number}）" if is_case(lead) else "立案人员", PERSON_COLUMNS, persons,
              "没有登记立案人员。", adds("file_person"), "case_persons"),
        Table("审理退回", RETURN_COLUMNS, lead.trial_returns.all(), key="trial_returns"),
        Table("处理结果", ON_LEAD, outcomes, "还没有登记处理决定。", adds("decide"), "outcomes"),
        Table(words, MONEY_COLUMNS, money, "没有登记涉案款物。", adds("record_money"), "money"),
    ]  # fmt: skip


def is_case(lead: Lead) -> bool:
    return getattr(lead, "case", None) is not None


def outcome_facts(row: Outcome) -> list[Facts]:
    """Groups of the record page; empty lines are left out."""
    person = [
        Fact("姓名", row.subject.name),
        Fact("身份", row.subject.get_kind_display()),
        Fact("工作单位", row.subject.unit_text),
        Fact("职务", row.subject.post_text),
        Fact("中共党员", row.party_member),
        Fact("政务处分限制", row.get_admin_limit_display()),
    ]
    decision = [
        Fact("类别", row.get_kind_display()),
        Fact("处理", row.get_measure_display()),
        Fact("建议日期", row.suggested_on, "date"),
        Fact("决定日期", row.decided_on, "date"),
        Fact("决定机关" if row.decided_on else "建议送达的机关", row.body),
        Fact("文号", row.document_number),
        Fact("问题线索", row.lead.number, "link", row=row.lead),
        Fact("原决定", row.corrects and row.corrects.number, "link", row=row.corrects),
        Fact("更正方式", row.get_correction_display()),
        *(Fact("更正为", new.number, "link", row=new) for new in row.corrections.all()),
        Fact("退回补充调查", f"{row.supplements} 次" if row.supplements else None),
        Fact("违纪违法事实", row.facts, wide=True),
    ]
    effect = [
        Fact("察看期至", row.probation_until, "date"),
        Fact("影响期至", row.effect_until, "date"),
        Fact("为什么到这一天", row.effect_words, wide=True),
    ]
    groups = (("被处理人", person), ("决定", decision), ("影响期", effect), ("四种形态", form_facts(row)))
    filled = [(title, [f for f in facts if f.value not in (None, "")]) for title, facts in groups]
    return [Facts(title, facts) for title, facts in filled if facts]


def form_facts(row: Outcome) -> list[Fact]:
    """In which form it counts, and the rule."""
    if row.form == Form.NONE or not row.stands:
        return []
    own = "是，此人在本件中按这一项计" if row.counts else "不是，此人在本件中另有更重的或者先作出的一项"
    return [
        Fact("形态", row.get_form_display()),
        Fact("本件中最重", own),
        Fact("计算规则", RULE_OF_FORMS, wide=True),
    ]


def _opens(period: dict[str, Any], words: str, **more: int) -> SafeString:
    """A figure of the period that opens its persons."""
    days = {"decided_from": period["first"].isoformat(), "decided_to": period["last"].isoformat()}
    return link(words, f"/outcomes/?{urlencode({'tab': 'counted', **more, **days})}")


def _figure(period: dict[str, Any], number: int) -> str:
    """How many persons of the period count in the form, and their share."""
    n = period["forms"].get(number, 0)
    return f"{n}（{n * 100 / period['total']:.1f}%）" if n else "0"


def _form_column(number: int, label: str) -> Column:
    def drawn(period: dict[str, Any]) -> Any:
        words = _figure(period, number)
        return _opens(period, words, form=number) if words != "0" else 0

    return Column(f"form_{number}", label, kind="html", value=drawn, phone="more")


FORMS_TITLE = "运用四种形态处理人次"
FORM_COLUMNS = (
    Column("name", "时期", value=lambda period: period["name"], phone="main"),
    Column(
        "total",
        "合计（人）",
        kind="html",
        value=lambda period: _opens(period, str(period["total"])),
        phone="side",
    ),
    *(_form_column(form.value, str(form.label)) for form in Form if form),
)


def period_words(period: dict[str, Any]) -> list[str]:
    """A line of the table as words."""
    return [period["name"], str(period["total"]), *(_figure(period, form.value) for form in Form if form)]


def periods(found: list[dict[str, Any]]) -> Table:
    """四种形态 by year and quarter, the latest first."""
    return Table(FORMS_TITLE, FORM_COLUMNS, found, "还没有计入四种形态的处理。", key="periods")
