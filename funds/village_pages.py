"""What the pages of monthly sheets show."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from funds.models import LocalDuty, SheetLine, VillageSheet
from funds.payment_pages import signed_words
from funds.services import village_sheets as services
from povertyaudit.core import render
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

TONES = {"published": "done", "nothing": "plain", "unpublished": "stop"}


def answer(line: SheetLine) -> SafeString:
    return render.badge(line.get_answer_display(), TONES[line.answer])


def picture(line: SheetLine) -> SafeString | str:
    """A small picture that opens the photo."""
    if line.photo is None:
        return ""
    address = line.photo.get_absolute_url()
    small = format_html(
        '<img class="thumb" src="{}?thumb=1" alt="" width="56" height="42" loading="lazy">', address
    )
    return format_html('<a href="{}">{} 照片</a>', address, small if line.photo.thumb_sha256 else "")


LINES = (
    Column("name", "公开事项", phone="main"),
    Column("answer", "公开情况", kind="html", value=answer, phone="side"),
    Column("published_on", "公开日期", kind="date", phone="sub"),
    Column("photo", "照片", kind="html", value=picture, phone="more"),
    Column("reason", "理由", phone="more"),
)


def facts(sheet: VillageSheet) -> list[Facts]:
    said = [
        Fact("村", sheet.region.path_name), Fact("月份", f"{sheet.month:%Y-%m}"), Fact("所属乡镇", sheet.unit.name),
        Fact("上报时限", sheet.due_on, "date"), Fact("填报人", sheet.filled_by and sheet.filled_by.display_name),
        Fact("上报", signed_words(sheet.submitted_on, sheet.submitted_by)),
        Fact("核对", signed_words(sheet.checked_on, sheet.checked_by, sheet.checked_text), wide=True),
        Fact("退回理由", sheet.returned_reason, wide=True), Fact("未公开事项", sheet.gaps or ""),
    ]  # fmt: skip
    return [Facts("清单", [fact for fact in said if fact.value not in (None, "")])]


def lines(sheet: VillageSheet) -> Table:
    return Table("公开事项", LINES, sheet.lines.all(), "还没有填报。", key="lines")


def missing(sheet: VillageSheet, offered: set[str]) -> list[Missing]:
    """Duties nothing was said of, for whoever fills it in."""
    if "submit" not in offered:
        return []
    here = f"{sheet.get_absolute_url()}fill/"
    return [Missing(f"“{duty.name}”还没有填。", here) for duty in services.unanswered(sheet)]


def duty_facts(duty: LocalDuty) -> list[Facts]:
    until = f"{duty.to_month:%Y-%m}" if duty.to_month else "长期"
    said = [
        Fact("公开事项", duty.name), Fact("乡镇或者村", duty.region.path_name),
        Fact("月份", f"{duty.from_month:%Y-%m} 至 {until}"), Fact("为什么增加", duty.basis, wide=True),
        Fact("登记人", duty.entered_by.display_name),
    ]  # fmt: skip
    return [Facts("自选公开事项", said)]
