"""Teams of a round on its page: who serves in them, who stands aside, who was drawn."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html

from inspections.models import DrawEntry, Round, TeamMember
from inspections.pages.round_parts import Counter, Owed, Part, Seen
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table

RECUSAL_COLUMNS = (
    Column("shown", "人员", phone="main"),
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
            Owed(
                "申报回避情况",
                member.called if member.user else f"{member.called}（无账号，组长或者巡察办代报）",
                url,
            )
            for member in seen.row.members.all()
            if member.declared_on is None and seen.row.state == Round.State.OPEN
        ]
        decide = f"{seen.row.get_absolute_url()}decide_recusal/"
        return found + [
            Owed(f"决定{one.called}的回避", "组长或者巡察办", decide)
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
            Column("shown", "姓名", phone="main"),
            Column("team", "巡察组", phone="first", value=team),
            Column("get_role_display", "组内职务", phone="side"),
            Column("comes_from", "派出单位和职务", phone="sub"),
            Column("seconded_from", "抽调开始", kind="date", phone="more"),
            Column("seconded_to", "抽调结束", kind="date", phone="more"),
            Column("declared_on", "回避申报", kind="date", phone="last"),
        )


def drawn(round_: Round, user: User, asked: str) -> list[dict[str, Any]]:
    """Who was drawn in the draw `asked` (its id) and is on no team yet, as rows of the form of a team."""
    draw = round_.draws.visible_to(user).filter(public_id=asked[:22]).first()
    if draw is None:
        return []
    entries = draw.entries.visible_to(user).filter(result=DrawEntry.Result.DRAWN).for_list()
    there = {member.identity for member in round_.members.select_related("user")}
    return [
        {
            "user": one.user, "name": one.name, "post_title": one.post_title, "role": TeamMember.Role.MEMBER,
            "home_unit": one.home_unit,
        }
        for one in (entry.pool_person for entry in entries)
        if one.identity not in there
    ]  # fmt: skip
