"""Parts of the page of a round: objects, teams, who stands aside, draws, what was found, rounds below, papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.utils.html import format_html

from inspections.models import Finding, Round, RoundObject, TeamMember
from inspections.pages.campaigns import linked
from inspections.pages.round_parts import Counter, Owed, Part, Seen
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Table

DEEPEST = 5
OBJECT_COLUMNS = (
    Column("name", "对象名称", kind="link"),
    Column("get_kind_display", "类别", phone="main"),
    Column("team.name", "巡察组", phone="sub"),
    Column("entered_on", "进驻", kind="date", phone="more"),
    Column("left_on", "离开", kind="date", phone="more"),
    Column("finding_count", "发现问题", kind="number", phone="more"),
    Column("state", "状态", kind="state"),
)
RECUSAL_COLUMNS = (
    Column("user", "人员", phone="main"),
    Column("object", "巡察对象", phone="first"),
    Column("get_ground_display", "情形", phone="sub"),
    Column("text", "说明", phone="more"),
    Column("declared_on", "申报日期", kind="date", phone="side"),
    Column("decided_by", "决定人", phone="more"),
    Column("state", "状态", kind="state"),
)
DRAW_COLUMNS = (
    Column("size", "人数", kind="link", value=str),
    Column("drawn_on", "日期", kind="date", phone="side"),
    Column("drawn_by", "抽取人", phone="main"),
    Column("seed", "随机种子", phone="sub"),
)
FINDING_COLUMNS = (
    Column("number", "问题编号", kind="link", value=lambda finding: finding.number or "结束后编号"),
    Column("title", "具体问题", phone="main"),
    Column("unit.name", "涉及单位", phone="sub"),
    Column("state", "状态", kind="state"),
)
CLASS_COLUMNS = (
    Column("name", "问题大类", phone="main"),
    Column(
        "found", "发现问题", kind="html", value=lambda one: linked(one.found, one.url, " 个"), phone="side"
    ),
)
LINKED_COLUMNS = (
    Column("name", "轮次", kind="link", value=lambda row: f"{'　' * row.depth}{row.name}"),
    Column("region.name", "地区", phone="main"),
    Column("object_count", "巡察对象", kind="number", phone="more"),
    Column("finding_count", "发现问题", kind="number", phone="more"),
    Column("state", "状态", kind="state"),
)
PAPER_COLUMNS = (
    Column("__str__", "材料", kind="link", phone="main"),
    Column("uploaded_by.display_name", "上传人"),
    Column("created_at", "上传时间", kind="moment"),
)


@dataclass(frozen=True)
class ProblemClass:
    """A class of problems, how many were found, and their list."""

    name: str
    found: int
    url: str


def objects_url(row: Round, **more: str) -> str:
    """The list of the round's objects."""
    return f"/round-objects/?{urlencode({'round': row.public_id, **more})}"


class Objects(Part):
    beside = frozenset({"add_objects"})

    def counters(self, seen: Seen) -> Sequence[Counter]:
        """By kind, then how far they are."""
        rows = seen.row.round_objects.visible_to(seen.user)
        counted = {
            name: dict(
                rows.standing().order_by().values_list(name).annotate(n=Count("pk")).values_list(name, "n")
            )
            for name in ("kind", "state")
        }
        found = [
            Counter(str(kind.label), counted["kind"][kind], objects_url(seen.row, kind=kind))
            for kind in RoundObject.Kind
            if counted["kind"].get(kind)
        ]
        return found + [
            Counter(f"对象{state.label}", counted["state"].get(state, 0), objects_url(seen.row, state=state))
            for state in (RoundObject.State.NOT_ENTERED, RoundObject.State.ENTERED, RoundObject.State.LEFT)
            if counted["kind"]
        ]

    def owed(self, seen: Seen) -> Sequence[Owed]:
        """Objects to be entered and left, by team."""
        if seen.row.state != Round.State.OPEN:
            return ()
        words = {"not_entered": "没有进驻", "entered": "没有登记离开"}
        rows = (
            seen.row.round_objects.visible_to(seen.user)
            .filter(state__in=words)
            .order_by("team__place", "-state")
        )
        counted = rows.values_list("team__name", "state").annotate(n=Count("pk"))
        return [
            Owed(
                f"{n} 个对象{words[state]}",
                team or "巡察办",
                objects_url(seen.row, state=state),
                seen.row.ends_on,
            )
            for team, state, n in counted.values_list("team__name", "state", "n")
        ]

    def tables(self, seen: Seen) -> Sequence[Table]:
        rows = seen.row.round_objects.visible_to(seen.user).for_list().order_by("region_id", "pk")
        add = seen.offered.get("add_objects")
        whole = objects_url(seen.row)
        return [Table("巡察对象", OBJECT_COLUMNS, rows, "还没有确定巡察对象。", add, "objects", whole)]


class Teams(Part):
    beside = frozenset({"set_team", "declare_recusal", "draw_people"})

    def counters(self, seen: Seen) -> Sequence[Counter]:
        members = seen.row.members.all()
        seconded = sum(member.seconded_from is not None for member in members)
        found = [
            Counter("巡察组", len(seen.row.teams.all()), "#team"), Counter("组员", len(members), "#team", "人"),
        ]  # fmt: skip
        return found + ([Counter("其中抽调", seconded, "#team", "人")] if seconded else [])

    def owed(self, seen: Seen) -> Sequence[Owed]:
        """Who has not said from what he stands aside; until the round is closed, what has not been decided."""
        if seen.row.state == Round.State.CLOSED:
            return ()
        url = f"{seen.row.get_absolute_url()}declare_recusal/"
        found = [
            Owed("申报回避情况", member.user.display_name, url)
            for member in seen.row.members.all()
            if member.declared_on is None and seen.row.state == Round.State.OPEN
        ]
        decide = f"{seen.row.get_absolute_url()}decide_recusal/"
        return found + [
            Owed(f"决定{one.user.display_name}的回避", "组长或者巡察办", decide)
            for one in self.recusals(seen)
            if one.state == "declared"
        ]

    def recusals(self, seen: Seen) -> list[Any]:
        """Those the reader may know of; read once."""
        if "recusals" not in seen.kept:
            seen.kept["recusals"] = list(seen.row.recusals.visible_to(seen.user).for_list())
        return list(seen.kept["recusals"])

    def tables(self, seen: Seen) -> Sequence[Table]:
        row, offered = seen.row, seen.offered
        found = [
            Table("巡察组", self.columns(seen), row.members.all(), "还没有编组。", offered.get("set_team"), "team"),
            Table(
                "回避", RECUSAL_COLUMNS, self.recusals(seen), "没有回避情形。", offered.get("declare_recusal"), "recusals"
            ),
        ]  # fmt: skip
        draws = list(row.draws.visible_to(seen.user).for_list())
        if draws or "draw_people" in offered:
            draw = offered.get("draw_people")
            found.append(Table("人员抽取", DRAW_COLUMNS, draws, "还没有抽取。", draw, "draws"))
        return found

    def columns(self, seen: Seen) -> tuple[Column, ...]:
        """The name of a team leads to its list, for those who may change it."""

        def team(member: TeamMember) -> Any:
            name = member.team.name if member.team else ""
            if "set_team" not in seen.offered or not name:
                return name
            return format_html(
                '<a href="{}?{}">{}</a>', seen.offered["set_team"][1], urlencode({"team": name}), name
            )

        return (
            Column("user", "姓名", phone="main"),
            Column("team", "巡察组", phone="first", value=team),
            Column("get_role_display", "组内职务", phone="side"),
            Column("home_unit.name", "派出单位", phone="sub"),
            Column("seconded_from", "抽调开始", kind="date", phone="more"),
            Column("seconded_to", "抽调结束", kind="date", phone="more"),
            Column("declared_on", "回避申报", kind="date", phone="last"),
        )


class Findings(Part):
    def counters(self, seen: Seen) -> Sequence[Counter]:
        rows = seen.row.findings.visible_to(seen.user)
        url = f"/findings/?round={seen.row.public_id}"
        classes = self.classes(seen)
        return [
            Counter("发现问题", rows.count(), url),
            *([Counter("涉及大类", len(classes), "#classes", "类")] if classes else []),
            Counter("已转整改", rows.filter(state=Finding.State.HANDED_ON).count(), f"{url}&state=handed_on"),
        ]

    def owed(self, seen: Seen) -> Sequence[Owed]:
        """After the round: what has not been handed on."""
        if seen.row.state != Round.State.FINISHED:
            return ()
        left = seen.row.findings.visible_to(seen.user).filter(state=Finding.State.RECORDED).count()
        url = f"/findings/?round={seen.row.public_id}&state=recorded"
        return [Owed(f"{left} 个问题没有转为整改事项", "巡察办", url)] if left else []

    def tables(self, seen: Seen) -> Sequence[Table]:
        rows = seen.row.findings.visible_to(seen.user).for_list().order_by("pk")
        whole = f"/findings/?round={seen.row.public_id}"
        found = [
            Table("发现的问题", FINDING_COLUMNS, rows, "还没有登记发现的问题。", key="findings", whole=whole)
        ]
        classes = self.classes(seen)
        return [*found, Table("问题大类", CLASS_COLUMNS, classes, key="classes")] if classes else found

    def classes(self, seen: Seen) -> list[ProblemClass]:
        """The classes of the list in which something was found, the most frequent first; read once."""
        if "classes" not in seen.kept:
            rows = seen.row.findings.visible_to(seen.user).exclude(class_term=None).order_by()
            counted = rows.values_list("class_term__code").annotate(name=Max("problem_class"), n=Count("pk"))
            seen.kept["classes"] = [
                ProblemClass(
                    name, n, f"/findings/?{urlencode({'round': seen.row.public_id, 'problem_class': code})}"
                )
                for code, name, n in counted.order_by("-n", "class_term__code")
            ]
        return list(seen.kept["classes"])


class Linked(Part):
    """上下联动: the rounds below, level by level, each with its figures; only those the reader may know of."""

    beside = frozenset({"link_round"})

    def counters(self, seen: Seen) -> Sequence[Counter]:
        below = self.below(seen)
        return [Counter("下级轮次", len(below), "#linked")] if below else []

    def below(self, seen: Seen) -> list[Any]:
        """The tree in reading order, each with `depth`; one query a level."""
        if "below" not in seen.kept:
            children: dict[int, list[Any]] = {}
            level = [seen.row.pk]
            for _ in range(DEEPEST):
                rows = Round.objects.visible_to(seen.user).filter(parent__in=level).for_list()
                found = list(rows.order_by("region_id", "pk"))
                for one in found:
                    children.setdefault(one.parent_id, []).append(one)
                level = [one.pk for one in found]
                if not level:
                    break
            seen.kept["below"] = in_order(children, seen.row.pk)
        return list(seen.kept["below"])

    def tables(self, seen: Seen) -> Sequence[Table]:
        link, below = seen.offered.get("link_round"), self.below(seen)
        if not below and link is None:
            return []
        return [Table("下级轮次", LINKED_COLUMNS, below, "没有下级轮次。", link, "linked")]


def in_order(children: dict[int, list[Any]], root: int, depth: int = 0) -> list[Any]:
    """A tree flattened, parents first; each row gets `depth`."""
    found = []
    for one in children.get(root, []):
        one.depth = depth
        found += [one, *in_order(children, one.pk, depth + 1)]
    return found


class Papers(Part):
    """任务分工方案, 工作方案, 组长授权决定, 进驻通知: uploaded with the round."""

    beside = frozenset({"attach"})

    def tables(self, seen: Seen) -> Sequence[Table]:
        rows = (
            Attachment.objects.visible_to(seen.user)
            .of(seen.row)
            .newest()
            .select_related("uploaded_by__person")
        )
        return [Table("材料", PAPER_COLUMNS, rows, "还没有上传材料。", seen.offered.get("attach"), "papers")]
