"""What registers show: columns, facts, tables. Names are masked, of numbers there is nothing to be seen."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.masking import Mask, masked
from funds.models import Beneficiary, HouseholdMark, Register
from funds.models.marks import NEED_WORDS
from funds.models.registers import Cause
from funds.register_querysets import REGION_WIDE
from funds.workflow.registers import REVEALERS
from povertyaudit.core.views import Column, Fact, Facts, Table


def masked_name(row: Beneficiary) -> str:
    return masked(row.name, Mask.SURNAME)


def masked_head(row: HouseholdMark) -> str:
    return masked(row.head_name, Mask.SURNAME)


def loaded_share(row: Register) -> str:
    """How far it is, or how much of it is good."""
    if row.state == Register.State.LOADING:
        return "正在载入"
    return f"{row.kept_count:,} / {row.read_count:,}"


REGISTER_COLUMNS = (
    Column("number", "编号", kind="link", order="number"),
    Column("kind.name", "名册种类", phone="main"),
    Column("as_of", "截止日期", kind="date", order="as_of", phone="side"),
    Column("part", "分册", phone="hide"),
    Column("region.name", "县", phone="hide"),
    Column("kept_count", "载入行数", kind="number", order="kept_count", phone="sub"),
    Column("refused_count", "没有载入", kind="number", phone="hide"),
    Column("state", "状态", kind="state"),
    Column("source_unit.name", "提供单位", shown=False),
    Column("file_name", "文件名", shown=False),
    Column("loaded_by.display_name", "载入人", shown=False),
    Column("created_at", "登记时间", kind="moment", shown=False),
)
PEOPLE_COLUMNS = (
    Column("line", "行号", kind="number", phone="first"),
    Column("name", "姓名", value=masked_name, phone="main"),
    Column("region.name", "村", order="region_id", phone="sub"),
    Column("household_no", "户编号", phone="hide"),
    Column("relation", "与户主关系", phone="hide"),
    Column("amount_fen", "金额（元）", kind="money", phone="side"),
    Column("account_tail", "账号末四位", phone="hide"),
    Column("region.path_name", "村全称", shown=False),
    Column("register.kind.name", "名册种类", shown=False),
)


def look(row: Beneficiary) -> SafeString:
    address = f"{row.register.get_absolute_url()}reveal/?line={row.line}"
    return format_html('<a href="{}">查看身份证号</a>', address)


REVEAL_COLUMN = Column("reveal", "身份证号", kind="html", value=look, phone="last")


def register_link(row: Beneficiary) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.register.get_absolute_url(), row.register.number)


FOUND_COLUMNS = (
    Column("register", "名册", kind="html", value=register_link, phone="first"),
    Column("register.kind.name", "名册种类", phone="main"),
    Column("register.as_of", "截止日期", kind="date", phone="sub"),
    *(column for column in PEOPLE_COLUMNS if column.shown),
)
REFUSAL_COLUMNS = (
    Column("line", "行号", kind="number", order="line", phone="first"),
    Column("get_column_display", "列", phone="side"),
    Column("sentence", "原因", phone="main"),
)


def _met(need: str) -> Any:
    return lambda row: {True: "达到", False: "没有达到", None: ""}[getattr(row, need)]


MARK_COLUMNS = (
    Column("household_no", "户编号", phone="first"),
    Column("head_name", "户主", value=masked_head, phone="main"),
    Column("region.name", "村", order="region_id", phone="sub"),
    Column("year", "年度", phone="hide"),
    *(Column(need, words, value=_met(need), phone="hide") for need, words in NEED_WORDS.items()),
    Column("get_exit_display", "脱贫状态", phone="side"),
    Column("lost", "比上年减少", phone="hide"),
    Column("changed", "有变化", phone="hide"),
)


def facts(row: Register) -> list[Facts]:
    said = [
        Fact("名册种类", row.kind.name),
        Fact("所属县", row.region.path_name),
        Fact("截止日期", row.as_of, "date"),
        Fact("分册", row.part),
        Fact("提供单位", row.source_unit and row.source_unit.name),
        Fact("文件名", row.file_name),
        Fact("文件校验值（SHA-256）", row.file_digest, wide=True),
        Fact("载入人", row.loaded_by.display_name),
    ]
    counts = [
        Fact("文件行数", f"{row.read_count:,}"),
        Fact("载入", f"{row.kept_count:,}"),
        Fact("没有载入", f"{row.refused_count:,}"),
        Fact("标注年度", f"{row.marks_year} 年（以本名册为准）" if row.marks_year else ""),
    ]
    found = [Facts("名册", [fact for fact in said if fact.value])]
    if row.failure:
        found.append(Facts("没有载入", [Fact("原因", row.failure, wide=True)]))
    elif row.state != Register.State.LOADING:
        found.append(Facts("行数", [fact for fact in counts if fact.value]))
    return found


def progress(row: Register, lines: int) -> Facts:
    words = f"已读 {lines:,} 行；刷新页面看最新进度" if lines else "等待后台载入；刷新页面看最新进度"
    return Facts("正在载入", [Fact("进度", words, wide=True)])


def tables(row: Register, user: Any) -> list[Table]:
    """The first rows the reader may see; refused lines by cause for those who see the whole region."""
    if row.state in {Register.State.LOADING, Register.State.FAILED}:
        return []
    query = f"?register={row.public_id}"
    people = row.people.visible_to(user).for_list().order_by("region_id", "pk")
    shown = PEOPLE_COLUMNS[:7]
    columns = (*shown, REVEAL_COLUMN) if user.roles & REVEALERS and row.state == "loaded" else shown
    found = [
        Table(
            "名册对象",
            columns,
            people,
            "没有您可以查看的对象。",
            key="people",
            whole=f"/beneficiaries/{query}",
        )
    ]
    if row.causes and user.roles & REGION_WIDE:
        why = (
            Column("words", "原因", value=lambda pair: Cause(pair[0]).label, phone="main"),
            Column("lines", "行数", kind="html", value=_opens(query), phone="side"),
        )
        pairs = sorted(row.causes.items(), key=lambda pair: -pair[1])
        found.append(Table("没有载入的行", why, pairs, key="refused"))
    return found


def _opens(query: str) -> Any:
    return lambda pair: format_html(
        '<a href="/register-refusals/{}&cause={}">{}</a>', query, pair[0], f"{pair[1]:,}"
    )
