"""Pages of rounds."""

from functools import cached_property
from typing import Any

from django.utils.html import format_html

from inspections import services
from inspections.filters import RoundFilter
from inspections.forms import RoundForm
from inspections.models import Round
from inspections.pages.campaigns import linked
from inspections.pages.round_parts import Part, Seen, parts
from inspections.services.amending import WORDED
from inspections.services.own_periods import OWN
from inspections.workflow import OFFICE, ROUND
from povertyaudit.core.views import (
    Column,
    CreatePage,
    Fact,
    Facts,
    ListPage,
    Missing,
    RecordPage,
    Table,
)
from povertyaudit.core.views.records import Verb


def link(words: str, url: str) -> Any:
    """Words that lead somewhere."""
    return format_html('<a href="{}">{}</a>', url, words) if url else words


OWED_COLUMNS = (
    Column("what", "待办的事", phone="main", value=lambda one: link(one.what, one.url)),
    Column("who", "由谁办", phone="sub"),
    Column("due", "期限", kind="clock", phone="side"),
)


class RoundList(ListPage):
    queryset = Round.objects.for_list()
    section, title = "rounds", "巡察轮次"
    filterset_class = RoundFilter
    main_filters = ("q", "state", "kind")
    columns = (
        Column(
            "number", "轮次编号", kind="link", order="number", value=lambda row: row.number or "保密，未编号"
        ),
        Column("name", "轮次名称", phone="main"),
        Column("get_kind_display", "方式", phone="hide"),
        Column("starts_on", "进驻", kind="date", order="starts_on"),
        Column("ends_on", "计划离开", kind="date", phone="hide"),
        Column("finding_count", "发现问题", kind="number", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    order = "-starts_on"
    create_url, create_label = "/rounds/new/", "部署轮次"
    empty = "没有符合条件的巡察轮次。"

    def may_create(self) -> bool:
        return bool(self.user.roles & OFFICE)


class RoundPage(RecordPage):
    queryset = Round.objects.for_page()
    section, workflow, parent = "rounds", ROUND, ("巡察轮次", "/rounds/")

    def facts(self) -> list[Facts]:
        return [Facts("轮次", self.about()), Facts("进展", self.progress(), key="progress")]

    def about(self) -> list[Fact]:
        row = self.object
        return [
            Fact("编号", row.number or "保密轮次，结束后编号"),
            Fact("监督方式", row.get_kind_display()),
            Fact("组织实施单位", row.run_by and row.run_by.name),
            Fact("组织实施单位类别", row.get_body_kind_display()),
            Fact("部署文件", row.authorisation),
            Fact("专题", row.campaign and row.campaign.name),
            Fact("上级轮次", self.above()),
            Fact("巡察地区", row.region.path_name),
            Fact("保密", "结束前保密" if row.secret else "不保密"),
            Fact("进驻日期", row.starts_on, "date"),
            Fact("计划离开日期", row.ends_on, "date"),
            Fact("结束日期", row.finished_on, "date"),
            Fact("办结日期", row.closed_on, "date"),
            Fact("部署人", row.ordered_by.display_name),
            Fact("批准人", row.approved_by.display_name),
            Fact("集中整改期", f"{row.window_months} 个月"),
            Fact("依据", row.window_rule, wide=True),
            *(
                Fact(what, f"{own}（本轮次另定）")
                for name, what in OWN.items()
                if (own := row.own_period(name))
            ),
            *([Fact("另定期限的依据", row.periods_rule, wide=True)] if row.periods_rule else []),
        ]

    def altered(self, entry: Any) -> list[tuple[str, str, str]]:
        """With the names of whom and what an amendment replaced."""
        found = super().altered(entry)
        for name, what in WORDED.items():
            if pair := entry.changes.get(f"{name}_name"):
                old, new = (str(word) or "（空）" for word in pair)
                found.append((what, old, new))
        return found

    def get_title(self) -> str:
        """A round is called by its name; the number stands before it in the heading."""
        return str(self.object)

    def above(self) -> str:
        """The round it is part of, by name; a secret one is not named."""
        above = self.object.parent
        return "" if above is None or above.is_secret_now else above.name

    @cached_property
    def seen(self) -> Seen:
        """The round as this reader may see it; what the parts read twice is kept here."""
        base = self.object.get_absolute_url()
        steps = ROUND.offered(self.object, self.user)
        return Seen(
            self.object, self.user, {step.name: (step.label, f"{base}{step.name}/") for step in steps}
        )

    @cached_property
    def parts(self) -> list[Part]:
        return parts()

    def progress(self) -> list[Fact]:
        """Every figure of every part, opening its rows; then what else a part says."""
        counted = [
            Fact(
                one.label,
                linked(one.value, one.url, f" {one.unit}") if one.url else f"{one.value} {one.unit}",
            )
            for part in self.parts
            for one in part.counters(self.seen)
        ]
        return counted + [fact for part in self.parts for fact in part.facts(self.seen)]

    def tables(self) -> list[Table]:
        owed = [one for part in self.parts for one in part.owed(self.seen)]
        first = [Table("待办", OWED_COLUMNS, owed, key="owed")] if owed else []
        return [*first, *(table for part in self.parts for table in part.tables(self.seen))]

    def clocks(self) -> list[Any]:
        """None of its own: what runs for its papers, opinions, notices and plans stands in 待办, the earliest of each."""
        return []

    def verbs(self) -> list[Verb]:
        """Without those that stand beside a table; 决定回避 while something waits to be decided."""
        beside = {name for part in self.parts for name in part.beside}
        if not any(one.state == "declared" for one in self.object.recusals.visible_to(self.user)):
            beside.add("decide_recusal")
        return [verb for verb in super().verbs() if verb.name not in beside]

    def missing(self) -> list[Missing]:
        row = self.object
        if row.finished_on or not self.user.roles & OFFICE:
            return []
        base, found = row.get_absolute_url(), []
        if not row.members.all():
            found.append(Missing("还没有确定巡察组成员，请先编组。", f"{base}set_team/"))
        if not row.object_count:
            found.append(Missing("还没有确定巡察对象。", f"{base}add_objects/"))
        return found


class NewRound(CreatePage):
    section, title, label, parent = "rounds", "部署巡察轮次", "部署", ("巡察轮次", "/rounds/")
    form_class, perform = RoundForm, staticmethod(services.open_round)

    def may_open(self) -> bool:
        return bool(self.user.roles & OFFICE)

    def get_initial(self) -> dict[str, Any]:
        home = self.user.post_as(OFFICE)
        return {"region": home.region} if home else {}
