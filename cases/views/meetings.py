"""Pages of joint meetings and what they decided."""

from typing import Any

from cases import services
from cases.exchange_filters import MeetingFilter, ResolutionFilter
from cases.forms import meetings as forms
from cases.models import Meeting, Resolution
from cases.pages import PAPER_COLUMNS, papers
from cases.views.exchange import SECTION, Book, figure
from cases.workflow.batches import KEEPERS
from cases.workflow.meetings import MEETING, RESOLUTION
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, RecordPage, Table
from povertyaudit.core.views.records import Verb

MEETINGS = ("联席会议", "/meetings/")
RESOLUTIONS = ("会议议定事项", "/resolutions/")


def _figure(name: str, state: str) -> Any:
    def value(row: Meeting) -> Any:
        return figure(getattr(row, name), f"/resolutions/?meeting={row.public_id}{state}")

    return value


class MeetingList(Book):
    queryset = Meeting.objects.for_list()
    title = "联席会议"
    filterset_class = MeetingFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "会议编号", kind="link", order="number"),
        Column("title", "会议名称", phone="main"),
        Column("chair", "主持人", phone="sub"),
        Column("held_on", "召开日期", kind="date", order="held_on"),
        Column("total", "议定事项", kind="number", phone="hide", value=_figure("total", "")),
        Column(
            "unfinished", "未落实", kind="number", phone="hide", value=_figure("unfinished", "&state=open")
        ),
        Column("state", "状态", kind="state"),
    )
    order = "-held_on"
    create_url, create_label = "/meetings/new/", "登记会议"
    empty = "没有符合条件的联席会议。"

    def may_create(self) -> bool:
        return bool(self.user.roles & KEEPERS)


RESOLUTION_COLUMNS = (
    Column("number", "事项编号", kind="link", order="number"),
    Column("title", "议定事项", phone="main"),
    Column("unit.name", "责任单位", phone="sub"),
    Column("person.display_name", "责任人", phone="hide"),
    Column("due_on", "期限", kind="clock", order="due_on"),
    Column("done_on", "落实日期", kind="date", phone="hide"),
    Column("state", "状态", kind="state"),
)


class ResolutionList(Book):
    queryset = Resolution.objects.for_list()
    title = "会议议定事项"
    filterset_class = ResolutionFilter
    main_filters = ("q", "state", "due")
    columns = RESOLUTION_COLUMNS
    order = "-due_day"
    empty = "没有符合条件的会议议定事项。"


class MeetingPage(RecordPage):
    queryset = Meeting.objects.for_list()
    section, workflow, parent = SECTION, MEETING, MEETINGS

    def facts(self) -> list[Facts]:
        row = self.object
        return [
            Facts(
                "会议",
                [
                    Fact("召开日期", row.held_on, "date"),
                    Fact("主持人", row.chair),
                    Fact("登记人", row.recorded_by.display_name),
                    Fact("全部落实日期", row.closed_on, "date"),
                    Fact("参加单位", row.bodies, wide=True),
                    Fact("会议纪要要点", row.text, wide=True),
                ],
            )
        ]

    def tables(self) -> list[Table]:
        row, offered = (
            self.object,
            {step.name: step.label for step in MEETING.offered(self.object, self.user)},
        )
        base = row.get_absolute_url()

        def adds(verb: str) -> tuple[str, str] | None:
            return (offered[verb], f"{base}{verb}/") if verb in offered else None

        decided = row.resolutions.visible_to(self.user).for_list().order_by("due_day", "pk")
        return [
            Table(
                "议定事项",
                RESOLUTION_COLUMNS,
                decided,
                "没有议定事项。",
                adds("add_resolution"),
                "resolutions",
            ),
            Table(
                "材料",
                PAPER_COLUMNS,
                papers(row, self.user),
                "还没有上传会议纪要。",
                adds("attach"),
                "papers",
            ),
        ]

    def verbs(self) -> list[Verb]:
        return [verb for verb in super().verbs() if verb.name == "close"]


class NewMeeting(CreatePage):
    section, title, label, parent = SECTION, "登记联席会议", "登记", MEETINGS
    form_class, perform = forms.MeetingForm, staticmethod(services.record_meeting)
    formset_classes = {"resolutions": forms.ResolutionFormSet}  # noqa: RUF012 — as the base class has it

    def may_open(self) -> bool:
        return bool(self.user.roles & KEEPERS)

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": moment.today()}


class MeetingAct(ActPage):
    queryset, section, workflow = Meeting.objects.for_list(), SECTION, MEETING


class AttachMinutes(MeetingAct):
    verb, perform, form_class = "attach", staticmethod(services.attach_minutes), forms.MinutesForm

    def success_address(self, record: Any) -> str:
        return str(self.object.get_absolute_url())


class ResolutionPage(RecordPage):
    queryset = Resolution.objects.for_list()
    section, workflow, parent = SECTION, RESOLUTION, RESOLUTIONS

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("会议", f"{row.meeting.title}（{row.meeting.held_on}）"),
            Fact("责任单位", row.unit.name),
            Fact("责任人", row.person and row.person.display_name),
            Fact("完成日期", row.due_day, "date"),
            Fact("议定事项", row.text, wide=True),
        ]
        done = [
            Fact("落实日期", row.done_on, "date"),
            Fact("报告人", row.done_by and row.done_by.display_name),
            Fact("落实情况", row.done_text, wide=True),
        ]
        return [Facts("议定事项", about), *([Facts("落实", done)] if row.done_text else [])]


class ResolutionAct(ActPage):
    queryset, section, workflow = Resolution.objects.for_list(), SECTION, RESOLUTION
