"""Pages of what units were sent: the copies of bulletins, read by opening them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cases import bulletin_filters as filters
from cases import village_reach as reach
from cases.bulletin_querysets import DRAFTERS
from cases.forms import bulletins as forms
from cases.models import BulletinCopy
from cases.pages import bulletins as pages
from cases.roles import LEADERS
from cases.services import publishing, village_copies
from cases.services.bulletin_papers import paper_of
from cases.workflow.bulletins import COPY
from povertyaudit.core import moment
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views import (
    ActPage,
    BoardLine,
    BoardPage,
    Column,
    Fact,
    Facts,
    ListPage,
    Missing,
    PaperPage,
    RecordPage,
    Tab,
    Table,
)


class CopyList(ListPage):
    queryset = BulletinCopy.objects.for_list()
    template_name = "cases/copy_list.html"
    section, title = "bulletins", "收到和发出的通报"
    filterset_class = filters.CopyFilter
    main_filters = ("q", "state", "unit")
    columns = (
        Column("number", "送达编号", kind="link", order="number"),
        Column("title", "通报", phone="main"),
        Column("unit.name", "送达单位", phone="sub"),
        Column("region.name", "地方", phone="hide"),
        Column("channel", "渠道", phone="hide"),
        Column("sent_at", "送达时间", kind="moment", order="sent_at", phone="hide"),
        Column("read_at", "阅读时间", kind="moment", phone="hide"),
        Column("posted_on", "村内传达", kind="date", order="posted_on", phone="hide"),
        Column("due_on", "期限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
    )
    order = "-sent_at"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我阅读", lambda rows, user: rows.waiting_for(user)),
        Tab("unread", "未读", lambda rows, user: rows.unread()),
    )
    empty = "没有符合条件的通报。"

    @property
    def knows_reach(self) -> bool:
        return bool(self.user.roles & (DRAFTERS | LEADERS))


class CopyPage(RecordPage):
    queryset = BulletinCopy.objects.for_list()
    section, workflow, parent = "bulletins", COPY, ("收到和发出的通报", "/bulletin-copies/")

    def facts(self) -> list[Facts]:
        copy = self.object
        found = [
            Fact("送达单位", copy.unit.name),
            Fact("地方", copy.region.path_name),
            Fact("渠道", copy.channel),
            Fact("送达时间", copy.sent_at, "moment"),
            Fact("阅读", copy.read_by and f"{copy.read_by.display_name}"),
            Fact("阅读时间", copy.read_at, "moment"),
            Fact("村内传达", copy.posted_on and f"{copy.posted_on} {copy.get_posted_way_display()}"),
            Fact("登记传达的人", copy.posted_by and copy.posted_by.display_name),
            Fact("全文", "阅读全文", "link", row=pages.Address(f"{copy.get_absolute_url()}paper/")),
        ]
        return [Facts("送达", [fact for fact in found if fact.value not in (None, "")])]

    def tables(self) -> list[Table]:
        rows = pages.photos(self.object, self.user)
        return [Table("传达照片", pages.PHOTO_COLUMNS, rows, key="photos")] if rows else []

    def missing(self) -> list[Missing]:
        copy = self.object
        gone = copy.state == "withdrawn"
        if not gone and copy.posted_on is None and publishing.through_another(copy):
            text = f"{copy.region.name}没有自己的账号：会议传达或者张贴以后，请登记并附照片。"
            return [Missing(text, f"{copy.get_absolute_url()}post_up/")]
        return [Missing("这份通报已被后一期更正，请以更正后的为准，并收回已张贴的。")] if gone else []


class CopyPaper(PaperPage):
    """Opening it is reading it: the first member of the unit leaves the receipt."""

    queryset, section = BulletinCopy.objects.for_list(), "bulletins"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        publishing.open_copy(self.get_object(), by=self.user)
        return super().get(request, *args, **kwargs)

    def paper(self) -> Paper:
        return paper_of(self.object.bulletin, self.object.channel.mask)

    def file(self) -> Attachment | None:
        return pages.file_of(self.object, self.user)


class CopyAct(ActPage):
    queryset, section, workflow = BulletinCopy.objects.for_list(), "bulletins", COPY
    perform: Any = None


class PostUp(CopyAct):
    """On a phone, at the meeting or before the notice board."""

    verb, perform, form_class = "post_up", staticmethod(village_copies.post_up), forms.PostUpForm

    def get_initial(self) -> dict[str, Any]:
        return {"posted_on": moment.today()}


class Reach(BoardPage):
    """通报到村: how far each bulletin has come, by township."""

    section, title, parent = "bulletins", "通报到村", ("收到和发出的通报", "/bulletin-copies/")
    ways = (("town", "按乡镇"), ("bulletin", "按通报"))
    empty = "还没有发送到村的通报。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & (DRAFTERS | LEADERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def first_head(self) -> str:  # type: ignore[override]
        return {"town": "乡镇", "bulletin": "通报"}[self.by()]

    def heads(self) -> Sequence[str]:
        return tuple(reach.STANDING.values())

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return reach.grouped(self.user, self.by())

    def lines(self) -> Sequence[BoardLine]:
        asked = reach.WAYS[self.by()]
        return [reach.line(row["words"], row, {asked: row["at"]}) for row in self.groups]

    @cached_property
    def whole(self) -> dict[str, Any]:
        return {f"n_{word}": sum(row[f"n_{word}"] for row in self.groups) for word in reach.STANDING}

    def total(self) -> BoardLine | None:
        return reach.line("合计", self.whole, {}) if self.groups else None

    def finding(self) -> str:
        if not self.groups:
            return ""
        whole = self.whole
        words = f"送达 {whole['n_all']} 村次，已到村 {whole['n_reached']}，未读 {whole['n_unread']}"
        return f"{words}，已收待传达 {whole['n_to_tell']}，超期 {whole['n_late']}。"
