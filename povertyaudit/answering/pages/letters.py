"""What a letter of responsibility shows, and the sheet that is signed."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyaudit.answering.models import Letter, Responsibility
from povertyaudit.core.papers import Grid, Paper, Text
from povertyaudit.core.views import Fact, Facts

LATER = "　　　　年　　月　　日"


def _who(term: Responsibility) -> str:
    return " ".join(part for part in (term.region.name, term.capacity.name, term.called) if part)


def _sheet(row: Letter) -> SafeString:
    return format_html('<a href="{}paper/">打印用的责任书</a>', row.get_absolute_url())


def facts(row: Letter) -> list[Facts]:
    return [
        Facts("责任书", [
            Fact("年度", f"{row.year} 年"), Fact("地方", row.region.path_name), Fact("文号", row.paper_no),
            Fact("上级签订人", _who(row.upper)), Fact("下级签订人", _who(row.lower)),
            Fact("目标任务", row.duties, wide=True), Fact("打印", _sheet(row)),
        ]),
        Facts("签字", [
            Fact("上级签字日期", row.upper_signed_on, "date"),
            Fact("由谁登记（上级）", row.upper_noted_by and row.upper_noted_by.display_name),
            Fact("下级签字日期", row.lower_signed_on, "date"),
            Fact("由谁登记（下级）", row.lower_noted_by and row.lower_noted_by.display_name),
            Fact("缺谁的签字", row.waits_for),
        ]),
    ]  # fmt: skip


def paper(row: Letter) -> Paper:
    """The letter as it is signed: both sides, what is to be done, and lines for the signatures."""
    rows = [
        (words, _who(term), f"{day.year} 年 {day.month} 月 {day.day} 日" if day else LATER)
        for words, term, day in (
            ("上级", row.upper, row.upper_signed_on), ("下级", row.lower, row.lower_signed_on),
        )
    ]  # fmt: skip
    duties = row.duties or "按照当年工作安排，对本地区各项任务的落实和作风建设负责。"
    blocks = (
        Text("目标任务", heading=True),
        Text(duties),
        Text("签订双方", heading=True),
        Grid(("", "签订人", "签字日期"), rows),
    )
    return Paper(
        title=f"{row.region.name} {row.year} 年责任书", number=row.paper_no or row.number or "", blocks=blocks,
        addressee="", signed=row.upper.region.name, dated=row.upper_signed_on,
    )  # fmt: skip
