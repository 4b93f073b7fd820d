"""Pages of what units were sent: the copies of bulletins, read by opening them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases import bulletin_filters as filters
from cases.models import BulletinCopy
from cases.pages import bulletins as pages
from cases.services import publishing
from cases.services.bulletin_papers import paper_of
from cases.workflow.bulletins import COPY
from povertyaudit.core.models import Attachment
from povertyaudit.core.papers import Paper
from povertyaudit.core.views import (
    ActPage,
    Column,
    Fact,
    Facts,
    ListPage,
    Missing,
    PaperPage,
    RecordPage,
    Tab,
)


class CopyList(ListPage):
    queryset = BulletinCopy.objects.for_list()
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
        Column("read_at", "阅读时间", kind="moment"),
        Column("state", "状态", kind="state"),
    )
    order = "-sent_at"
    tabs = (
        Tab("", "全部"),
        Tab("mine", "待我阅读", lambda rows, user: rows.waiting_for(user)),
        Tab("unread", "未读", lambda rows, user: rows.unread()),
    )
    empty = "没有符合条件的通报。"


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
            Fact("全文", "阅读全文", "link", row=pages.Address(f"{copy.get_absolute_url()}paper/")),
        ]
        return [Facts("送达", [fact for fact in found if fact.value not in (None, "")])]

    def missing(self) -> list[Missing]:
        gone = self.object.state == "withdrawn"
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
