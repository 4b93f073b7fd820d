"""What the pages of bulletins show: the totals 期、起、人次 with their addresses, and the kept papers."""

from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import Bulletin, BulletinCase, BulletinCopy, BulletinPerson, Lead, Mask
from cases.pages.columns import persons
from cases.services.bulletin_papers import heading
from cases.services.village_copies import PHOTO
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts


def photos(copy: BulletinCopy, user: User) -> list[Attachment]:
    """Of the telling in the village: what the user may see, newest first."""
    files = Attachment.objects.seen_of(copy, user).newest().filter(kind=PHOTO)
    return list(files.select_related("uploaded_by__person"))


CASE_COLUMNS = (
    Column("ordinal", "序号", kind="number", phone="hide"),
    Column("heading", "案例", value=lambda case: heading(case, Mask.FULL), phone="main"),
    Column("facts", "事实", phone="sub"),
    Column("decision", "处理决定"),
    Column("changed_why", "与登记不同", value=lambda case: changed(case)),
    Column(
        "lead", "线索编号", value=lambda case: format_html('<span class="number">{}</span>', case.lead.number)
    ),
)
# What the drafter chooses from.
CHOICE_COLUMNS = (
    Column("number", "线索编号", value=lambda lead: choice(lead), phone="first"),
    Column("title", "反映问题摘要", phone="main"),
    Column("subjects", "被反映人", value=lambda lead: persons(lead), phone="sub"),
    Column("get_close_kind_display", "办结方式"),
    Column("concluded_on", "办结日期", kind="date", phone="side"),
)
COPY_COLUMNS = (
    Column("number", "送达编号", kind="link"),
    Column("unit.name", "单位", phone="main"),
    Column("region.name", "地方", phone="sub"),
    Column("channel", "渠道", phone="hide"),
    Column("read_at", "阅读时间", kind="moment"),
    Column("read_by.display_name", "阅读人"),
    Column("state", "状态", kind="state"),
)


def changed(case: BulletinCase) -> SafeString | str:
    """For the approver: what the register says, and why the bulletin says something else."""
    if not case.changed_why:
        return ""
    known = case.recorded or "没有登记处理决定"
    return format_html('登记：{}<br><span class="quiet">理由：{}</span>', known, case.changed_why)


def choice(lead: Lead) -> SafeString:
    """A link that fills the form with this lead."""
    return format_html('<a class="number" href="?lead={}">{}</a>', lead.public_id, lead.number)


PHOTO_COLUMNS = (
    Column("title", "名称", kind="link", value=lambda file: file.title or file.original_name),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("uploaded_by.display_name", "上传人", phone="side"),
)


class Address:
    """Where a link leads that is no row."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_absolute_url(self) -> str:
        return self.url


def totals(user: Any, days: dict[str, str]) -> Facts:
    """期、起、人次 of what is issued within the days asked for; each figure leads to its rows."""
    query = urlencode({name: day for name, day in days.items() if day})
    range_ = {"gte": days.get("issued_from"), "lte": days.get("issued_to")}
    counts = []
    for model, path, url, label, word in (
        (Bulletin, "issued_on", "/bulletins/?tab=issued&", "通报", "期"),
        (BulletinCase, "bulletin__issued_on", "/bulletins/cases/?", "案例", "起"),
        (BulletinPerson, "case__bulletin__issued_on", "/bulletins/persons/?", "人员", "人次"),
    ):
        rows: Any = model.objects.visible_to(user).issued()
        for lookup, day in range_.items():
            rows = rows.filter(**{f"{path}__{lookup}": day}) if day else rows
        counts.append((label, f"{rows.count()} {word}", f"{url}{query}".rstrip("?&")))
    return Facts("已印发", [Fact(label, words, "link", row=Address(url)) for label, words, url in counts])


def file_of(row: Any, user: Any) -> Attachment | None:
    """The kept Word file."""
    found: Attachment | None = Attachment.objects.seen_of(row, user).newest().first()
    return found
