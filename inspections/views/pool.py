"""Pages of the pool of people and of draws from it."""

from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html_join

from inspections import services
from inspections.filters import PoolFilter
from inspections.forms import DrawForm, JoinForm, PoolForm, TakeOutForm
from inspections.models import Draw, PoolPerson
from inspections.services.pool import agrees
from inspections.views.round_acts import RoundAct
from inspections.words import numeral
from inspections.workflow import OFFICE, POOL, ROUND
from povertyaudit.core import moment
from povertyaudit.core.views import ActPage, Column, CreatePage, Fact, Facts, ListPage, RecordPage, Tab, Table

SECTION, PERSONS = "pool", ("人才库", "/pool-persons/")
ENTRY_COLUMNS = (
    Column("place", "次序", kind="number", phone="first"),
    Column("pool_person.shown", "姓名", phone="main"),
    Column("pool_person.comes_from", "所在单位", phone="sub"),
    Column("why", "未参加抽取的原因", phone="more"),
    Column("get_result_display", "结果", phone="side"),
)


class PoolList(ListPage):
    queryset = PoolPerson.objects.for_list()
    section, title = SECTION, "人才库"
    filterset_class = PoolFilter
    main_filters = ("q", "state")
    columns = (
        Column("shown", "姓名", kind="link"),
        Column("comes_from", "所在单位和职务", phone="main"),
        Column("skills", "业务专长", phone="sub"),
        Column("starts_on", "入库", kind="date", order="starts_on", phone="hide"),
        Column("ends_on", "到期或者出库", kind="date", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-starts_on"
    tabs = (Tab("", "全部"), Tab("in", "在库", lambda rows, user: rows.on(moment.today())))
    create_url, create_label = "/pool-persons/new/", "入库"
    empty = "没有符合条件的人员。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OFFICE)


class PoolPersonPage(RecordPage):
    queryset = PoolPerson.objects.for_list()
    section, workflow, parent = SECTION, POOL, PERSONS

    def facts(self) -> list[Facts]:
        row = self.object
        about = [
            Fact("姓名", row.called),
            Fact("账号", "有" if row.user else "没有：可以抽取、编组，签字、当组长须有账号"),
            Fact("所在单位", row.home_unit.name),
            Fact("职务", row.post_title),
            Fact("业务专长", row.skills),
            Fact("入库日期", row.starts_on, "date"),
            Fact("到期或者出库日期", row.ends_on, "date"),
        ]
        return [Facts("人才库人员", about)]


class NewPoolPerson(CreatePage):
    section, title, label, parent = SECTION, "入库", "入库", PERSONS
    form_class, perform = PoolForm, staticmethod(services.add_person)

    def may_open(self) -> bool:
        return bool(self.user.roles & OFFICE)

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": moment.today()}


class TakeOut(ActPage):
    queryset, section, workflow = PoolPerson.objects.for_list(), SECTION, POOL
    verb, perform, form_class = "take_out", staticmethod(services.take_out), TakeOutForm


class DrawPeople(RoundAct):
    verb, perform, form_class = "draw_people", staticmethod(services.draw_people), DrawForm
    intro = (
        "从本县人才库当天在库的人员中随机抽取。按回避申报和现任职单位与巡察对象有关的、已编入进行中轮次的不参加抽取，"
        "并逐人写明原因。"
    )

    def success_address(self, record: Any) -> str:
        return f"{self.object.get_absolute_url()}#draws"


class JoinCampaign(RoundAct):
    verb, perform, form_class = "join_campaign", staticmethod(services.join_campaign), JoinForm


class DrawPage(RecordPage):
    queryset = Draw.objects.for_list()
    section, named_by_heading = "rounds", True

    def get_parent(self) -> tuple[str, str] | None:
        return self.object.round.name, self.object.round.get_absolute_url()

    def get_heading(self) -> str:
        return f"{self.object}（{self.object.drawn_on}）"

    def facts(self) -> list[Facts]:
        row = self.object
        again = (
            "按种子和名单重新计算，结果一致"
            if agrees(row)
            else "重新计算的结果与所存的不一致，请核对操作记录"
        )
        about = [
            Fact("抽取人数", row.size),
            Fact("抽取日期", row.drawn_on, "date"),
            Fact("抽取人", row.drawn_by.display_name),
            Fact("随机种子", row.seed),
            Fact("编组", self.teams()),
            Fact("复核", again),
            Fact("算法", "按“种子:标识”的 SHA-256 值由小到大排列，取前若干名。", wide=True),
        ]
        return [Facts("抽取", about)]

    def teams(self) -> Any:
        """Where the drawn are put on a team, for those who may: one of the round's, or a new one."""
        round_ = self.object.round
        if not ROUND.transitions["set_team"].offered(round_, self.user):
            return ""
        base, names = f"{round_.get_absolute_url()}set_team/", [team.name for team in round_.teams.all()]
        new = next(name for n in count(len(names) + 1) if (name := f"巡察{numeral(n)}组") not in names)
        words = [(f"编入{name}", name) for name in names] + [(f"编为{new}", new)]
        links = (
            (f"{base}?{urlencode({'draw': self.object.public_id, 'team': name})}", say) for say, name in words
        )
        return format_html_join("　", '<a href="{}">{}</a>', links)

    def tables(self) -> list[Table]:
        rows = self.object.entries.visible_to(self.user).for_list()
        return [Table("名单", ENTRY_COLUMNS, rows, key="entries")]
