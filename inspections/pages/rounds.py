"""Parts of the page of a round: what was found, rounds below, papers. Objects and teams have modules of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max

from inspections.models import Finding, Round
from inspections.pages.campaigns import linked
from inspections.pages.round_parts import Counter, Owed, Part, Seen
from povertyaudit.core.models import Attachment
from povertyaudit.core.views import Column, Table

DEEPEST = 5
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
        files = Attachment.objects.seen_of(seen.row, seen.user)
        rows = files.newest().select_related("uploaded_by__person")
        return [Table("材料", PAPER_COLUMNS, rows, "还没有上传材料。", seen.offered.get("attach"), "papers")]
