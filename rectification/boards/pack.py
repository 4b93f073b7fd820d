"""会议材料 of one day: figures, matrix, ranking, what is late and why, what lies still, money, stages — one paper.

What dates of the rows can tell stands as of the day; each part that cannot says 截至现在.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from funds.models import Misuse
from povertyaudit.core import moment
from povertyaudit.core.models import Unit, User
from povertyaudit.core.papers import Block, Grid, Paper, Text, day_words, ordinal
from povertyaudit.core.render import wan
from rectification import standing
from rectification.boards import matrix, still, units
from rectification.models import Closing, Item, State, UnitRanking
from rectification.services.lateness import BESIDE, reasons
from rectification.services.ranking import amount, last_of, monday, ranked

KINDS = {"week": "整改工作周调度会材料", "quarter": "整改工作季碰头会材料"}
AHEAD = {"week": 7, "quarter": 92}
MOST = 40  # lines of one list on paper
ROUNDS_ABREAST = 4  # columns of the matrix on a sheet of A4
NAMES = {  # of the parts that are tables, in the names of their files
    "matrix": "轮次单位矩阵", "ranking": "单位销号率排名", "late": "超期事项", "still": "零搁置清单",
    "money": "未追缴到位的违规资金", "stages": "长期坚持阶段报告",
}  # fmt: skip
Part = tuple[str, list[Block]]


@dataclass(frozen=True)
class Ask:
    """Who asks for which meeting of which day."""

    user: User
    kind: str
    day: date

    @property
    def past(self) -> bool:
        return self.day < moment.today()

    @property
    def first(self) -> date:
        """Of the week, or of the quarter."""
        if self.kind == "week":
            return monday(self.day)
        return self.day.replace(month=(self.day.month - 1) // 3 * 3 + 1, day=1)

    @property
    def rows(self) -> Any:
        return Item.objects.visible_to(self.user)

    @property
    def now(self) -> str:
        """Said of a part no row can tell the past of."""
        return f"（截至现在，{moment.today()}）" if self.past else ""


def paper(ask: Ask) -> Paper:
    """The whole material."""
    blocks: list[Block] = [
        Text(f"除注明“截至现在”的以外，以下各数截至 {day_words(ask.day)}；按提取人能看到的整改事项统计。")
    ]
    for number, (_, title, body) in enumerate(_parts(ask), 1):
        blocks += [Text(f"{ordinal(number)}、{title}", heading=True), *body]
    return Paper(
        title=KINDS[ask.kind], number=f"截至 {day_words(ask.day)}", blocks=blocks, dated=moment.today()
    )


def tables(ask: Ask) -> Iterator[tuple[str, str, Grid]]:
    """(title, what its part says, table) of each table of the material."""
    for key, title, body in _parts(ask):
        said = "。".join([title, *(block.words for block in body if isinstance(block, Text))])
        for grid in body:
            if isinstance(grid, Grid):
                number = grid.key.removeprefix(key).replace("-", " ")
                yield f"{KINDS[ask.kind]}（{NAMES[key]}{number}）", said, grid


def _parts(ask: Ask) -> Iterator[tuple[str, str, list[Block]]]:
    """(key, heading, blocks) of each part."""
    made: dict[str, Callable[[Ask], Part]] = {
        "figures": _figures, "matrix": _matrix, "ranking": _ranking, "late": _late, "still": _still, "money": _money,
        "stages": _stages,
    }  # fmt: skip
    for key, make in made.items():
        title, body = make(ask)
        yield key, title, _keyed(key, body)


def _keyed(key: str, body: list[Block]) -> list[Block]:
    """The part with its tables named after it: late; matrix-1, matrix-2 where there are several."""
    several = sum(isinstance(block, Grid) for block in body) > 1
    number = count(1)
    return [
        replace(block, key=f"{key}-{next(number)}" if several else key) if isinstance(block, Grid) else block
        for block in body
    ]


def _figures(ask: Ask) -> Part:
    found = ask.rows.order_by().aggregate(
        **standing.counts("issued", "open", "late", "closed", "ever_late", through=ask.day)
    )
    done = Closing.objects.filter(
        item__in=ask.rows.order_by().values("pk"), closed_on__range=(ask.first, ask.day)
    )
    newly = done.values("item").distinct().count()
    span = f"{'本周' if ask.kind == 'week' else '本季度'}（{ask.first} 至 {ask.day}）"
    rate = standing.share(found["n_closed"], found["n_issued"])
    words = f"已下发整改事项 {found['n_issued']:,} 项，已销号 {rate}；未销号 {found['n_open']:,} 项，其中已超期 {found['n_late']:,} 项。"
    return "总体情况", [Text(words), Text(f"{span}销号 {newly:,} 项。")]


def _matrix(ask: Ask) -> Part:
    found = matrix.matrix(ask.user, "going", ask.day if ask.past else None)
    title = "未办结轮次各单位整改情况（未销号/已下发，其中超期）"
    if not found.rows:
        return title, [Text("未办结的轮次还没有转来整改事项。")]
    grids: list[Block] = []
    for start in range(0, len(found.heads), ROUNDS_ABREAST):
        part = slice(start, start + ROUNDS_ABREAST)
        names = [name for name, _ in found.heads[part]]
        rows = [[row.label, *map(_cell, row.cells[part]), _cell(row.total)] for row in found.rows]
        total = ["合计", *map(_cell, found.totals[part]), _cell(found.whole)]
        grids.append(Grid(("主责单位", *names, "合计"), [*rows, total]))
    return title, grids


def _cell(cell: matrix.Cell | None) -> str:
    if cell is None:
        return ""
    late = f"，超期 {cell.light.value:,}" if cell.tone == "late" else ""
    return f"{cell.open.words}/{cell.all.words}{late}"


def _ranking(ask: Ask) -> Part:
    """The ranking kept for the week; where none was kept, counted now as of the day within what the reader sees."""
    kept = UnitRanking.objects.visible_to(ask.user).filter(day=monday(ask.day)).first()
    heads = ("名次", "单位", "销号率（已销号/已下发）", "超期或逾期销号", "备注")
    if kept is not None:
        lines = [
            (
                row.place,
                row.unit.name,
                standing.share(row.closed, row.issued),
                f"{row.late:,}",
                _again(row.weeks_last),
            )
            for row in kept.lines.select_related("unit").filter(place__isnull=False)
        ]
        title, least = f"各单位销号率排名（{kept.day} 固定）", kept.least
    else:
        least = amount("rank_least", ask.day)
        through = ask.day if ask.past else None
        places = ranked(units.by_unit(ask.rows, "issued", "closed", "ever_late", through=through), least)
        names, last = Unit.objects.in_bulk([row["unit"] for _, row in places]), last_of(places)
        lines = [
            (place, names[row["unit"]].name, standing.share(row["n_closed"], row["n_issued"]),
             f"{row['n_ever_late']:,}", _again(int(row["unit"] in last)))
            for place, row in places if place is not None
        ]  # fmt: skip
        title = "各单位销号率排名"
    note = Text(f"已下发不少于 {least} 项的单位参加排名。")
    return title, [
        note,
        *_grid(heads, [[str(place), *rest] for place, *rest in lines], "没有参加排名的单位。"),
    ]


def _again(weeks: int) -> str:
    return "" if not weeks else "后三名" if weeks == 1 else f"后三名（连续 {weeks} 周）"


def _late(ask: Ask) -> Part:
    rows = ask.rows.filter(standing.conditions(ask.day if ask.past else None)["late"])
    shown = list(rows.prefetch_related(*BESIDE).order_by("due_on", "pk")[:MOST])
    why = reasons(shown, moment.today())
    lines = [
        [
            item.number or "",
            item.title,
            str(item.main_unit or ""),
            f"{item.due_on}",
            f"{(ask.day - item.due_on).days} 天",
            why[item.pk],
        ]
        for item in shown
    ]
    heads = ("编号", "问题", "主责单位", "时限", "超期", "为什么")
    reason = [Text(f"“为什么”一栏按现在的登记{ask.now}。")] if ask.past and lines else []
    return f"超期事项（{rows.count():,} 项）", [
        *reason,
        *_grid(heads, lines, "没有超期的事项。", rows.count()),
    ]


def _still(ask: Ask) -> Part:
    number = still.days(ask.day)
    rows = still.still(ask.rows, ask.day)
    shown = list(rows.order_by("due_on", "pk").prefetch_related("units__unit")[:MOST])
    last = still.last_acts([item.pk for item in shown], ask.day)
    lines = [
        [
            item.number or "",
            item.title,
            str(item.main_unit or ""),
            *still.in_words(item, last.get(item.pk), ask.day),
        ]
        for item in shown
    ]
    heads = ("编号", "问题", "主责单位", "已经", "最近一次办理")
    title = f"零搁置清单（{number} 天没有办理动作，{rows.count():,} 项）"
    return title, _grid(heads, lines, "没有搁置的事项。", rows.count())


def _money(ask: Ask) -> Part:
    rows = Misuse.objects.visible_to(ask.user).filter(found_on__lte=ask.day).standing_on(ask.day)
    open_ = list(rows.filter(left_then__gt=0).select_related("responsible_unit").order_by("found_on", "pk"))
    left = sum(row.left_then for row in open_)
    title = f"未追缴到位的违规资金（{len(open_):,} 笔，尚差 {wan(left)} 万元）"
    lines = [
        [
            row.number or "",
            row.title,
            row.responsible_unit.name,
            wan(row.owed_then),
            wan(row.owed_then - row.left_then),
            wan(row.left_then),
        ]
        for row in sorted(open_, key=lambda row: -row.left_then)[:MOST]
    ]
    heads = ("编号", "问题", "责任单位", "应追缴（万元）", "已追缴", "尚差")
    return title, _grid(heads, lines, "您能看到的范围内没有未追缴到位的违规资金。", len(open_))


def _stages(ask: Ask) -> Part:
    until = ask.day + timedelta(days=AHEAD[ask.kind])
    rows = ask.rows.filter(state=State.LONG_TERM, next_stage_on__lte=until)
    shown = rows.order_by("next_stage_on", "pk").prefetch_related("units__unit")[:MOST]
    lines = [
        [item.number or "", item.title, str(item.main_unit or ""), item.stage_goal, f"{item.next_stage_on}"]
        for item in shown
    ]
    heads = ("编号", "问题", "主责单位", "阶段目标", "阶段报告日期")
    title = f"{until} 以前到期的长期坚持阶段报告{ask.now}（{rows.count():,} 项）"
    return title, _grid(heads, lines, "没有到期的阶段报告。", rows.count())


def _grid(heads: Sequence[str], lines: Sequence[Sequence[str]], empty: str, all_: int = 0) -> list[Block]:
    if not lines:
        return [Text(empty)]
    rest = f"以上列出 {len(lines)} 项，共 {all_:,} 项，其余见系统列表。"
    return [Grid(heads, lines), *([Text(rest)] if all_ > len(lines) else [])]


def links(ask: Ask) -> list[tuple[str, str]]:
    """The lists and boards behind the figures, as of the same day."""
    day = ask.day.isoformat() if ask.past else ""
    lists = [
        (standing.WORDS[word], units.items_address(standing=word, as_of=day))
        for word in ("issued", "closed", "open", "late")
    ]
    return [
        *lists, ("轮次单位矩阵", "/item-boards/matrix/"), ("排名", "/item-boards/ranking/"), ("零搁置清单", "/item-boards/still/"),
        (standing.WORDS["kept"], units.items_address(standing="kept")),
    ]  # fmt: skip
