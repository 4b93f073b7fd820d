"""What the pages of notices and comments show."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.models import Lead
from inspections.models import Round
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts
from rectification.models import NoticeComment, NoticeProblem, PublicNotice


class Address:
    """Where a link leads that is no row."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_absolute_url(self) -> str:
        return self.url


def in_parallel(problem: NoticeProblem) -> SafeString:
    """（1）measure, and under it its result."""
    lines = (
        (line.no, line.measure or "（举一反三）", line.result or "还没有成效") for line in problem.lines.all()
    )
    return format_html_join("", "<p>（{}）{}<br>成效：{}</p>", lines)


def kept_back(problem: NoticeProblem) -> str:
    """公开, or on what ground not, who proposed it and who agreed."""
    if not problem.withheld:
        return "公开"
    agreed = problem.allowed_by
    who = f"{agreed.display_name}同意" if agreed else "待同意"
    return f"不公开：{problem.ground}（{problem.ground_note}）。{problem.withheld_by.display_name}提出，{who}"  # type: ignore[union-attr]


PROBLEM_COLUMNS = (
    Column("ordinal", "序号", kind="number", phone="hide"),
    Column(
        "text", "问题", value=lambda row: format_html("{}：{}", row.problem_class, row.text), phone="main"
    ),
    Column("lines", "措施和成效", kind="html", value=in_parallel, phone="more"),
    Column("standing", "整改情况", phone="side"),
    Column("withheld", "是否公开", value=kept_back, phone="more"),
)

OF_A_PROBLEM = {
    "reword": "改写", "retake": "重新取文字", "withhold": "提出不公开", "restore": "恢复公开", "allow_withholding": "同意不公开",
}  # fmt: skip
WHERE: dict[str, Callable[[NoticeProblem], bool]] = {
    "withhold": lambda row: not row.withheld, "restore": lambda row: row.withheld,
    "allow_withholding": lambda row: row.withheld and row.allowed_by is None,
}  # fmt: skip


def acts_of(notice: PublicNotice, offered: set[str]) -> list[Column]:
    """One column with what may be done to the problem of the row; none where nothing is offered."""
    verbs = [name for name in OF_A_PROBLEM if name in offered]

    def links(row: NoticeProblem) -> SafeString:
        mine = [name for name in verbs if name not in WHERE or WHERE[name](row)]
        at = notice.get_absolute_url()
        return format_html_join(
            " ",
            '<a href="{}{}/?problem={}">{}</a>',
            ((at, name, row.public_id, OF_A_PROBLEM[name]) for name in mine),
        )

    return [Column("acts", "办理", kind="html", value=links, phone="more")] if verbs else []


def facts(notice: PublicNotice, user: Any) -> list[Facts]:
    found: Attachment | None = Attachment.objects.seen_of(notice, user).newest().first()
    one = [
        Fact("轮次", str(notice.round)),
        Fact("被巡察单位", notice.unit.name if notice.unit else "整个轮次"),
        Fact("起草人", notice.drafted_by.display_name),
        Fact("批准人", notice.approved_by and notice.approved_by.display_name),
        Fact("公开日期", notice.published_on, "date"),
        Fact("公开至", notice.ends_on, "date"),
        Fact("公开天数", f"{notice.days} 天"),
        Fact("结束日期", notice.closed_on, "date"),
        Fact("全文", "打开打印版", "link", row=Address(f"{notice.get_absolute_url()}paper/")),
        Fact("Word 文件", found, "link", row=found),
        Fact("开头语", notice.preface, wide=True),
    ]
    way = [
        Fact("联系电话", notice.phone), Fact("邮政通讯地址", notice.address), Fact("电子邮箱", notice.mailbox),
    ]  # fmt: skip
    return [Facts("整改情况公开", _said(one)), Facts("意见反馈方式", _said(way))]


def _said(found: list[Fact]) -> list[Fact]:
    return [fact for fact in found if fact.value not in (None, "")]


def comment_facts(comment: NoticeComment, user: Any) -> list[Facts]:
    """The petition only for who may see it."""
    lead = Lead.objects.visible_to(user).filter(pk=comment.lead_id).first()
    found = [
        Fact("整改情况公开", str(comment.notice), "link", row=comment.notice),
        Fact("收到日期", comment.received_on, "date"),
        Fact("方式", comment.get_channel_display()),
        Fact("记录人", comment.recorded_by.display_name),
        Fact("信访件", lead and str(lead), "link", row=lead),
        Fact("意见内容", comment.text, wide=True),
    ]
    return [Facts("群众意见", _said(found))]


def comments_of(notice: PublicNotice, user: User) -> Any:
    return NoticeComment.objects.visible_to(user).filter(notice=notice).for_list()


def file_of(notice: PublicNotice, user: User) -> Attachment | None:
    """The newest file of the notice."""
    found: Attachment | None = Attachment.objects.seen_of(notice, user).newest().first()
    return found


def rounds_with_items(user: User) -> Any:
    """Rounds that can be told of in public: something of theirs is rectified."""
    return Round.objects.visible_to(user).filter(findings__items__isnull=False)
