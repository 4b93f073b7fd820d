"""The text of a notice: taken from the item, measures and results in parallel; what it must not say."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models import Lead
from povertyaudit.core import secrecy
from povertyaudit.core.errors import DomainError, RuleBroken, Several, raise_all
from povertyaudit.core.models import Person
from rectification.models import Item, NoticeLine, NoticeProblem, PublicNotice, State

# One sentence for everybody: it tells nothing of who was found.
NAMED = "这里可能写有人员姓名。公开的文字不写举报人和任何人的姓名，请核对后改写。"
# 责任人 may be a post and no name: these ends are posts.
POSTS = ("长", "书记", "主任", "委员", "干部", "专员", "负责人", "经理", "会计", "出纳")


def standing_of(item: Item) -> str:
    """How far the item is, in the words of the public: 已销号、长期坚持 or its completion."""
    if item.state in (State.CLOSED, State.LONG_TERM):
        return str(item.get_state_display())
    return str(item.get_completion_display())


def lines_of(item: Item) -> list[tuple[str, str]]:
    """`[(measure, result)]` of the item: results beside their measure, then those beyond all measures."""
    by_measure: dict[int | None, list[str]] = {}
    for result in item.results.all():
        words = f"{result.text.rstrip('。；;')}（{result.figures}）。" if result.figures else result.text
        by_measure.setdefault(result.measure_id, []).append(words)
    found = [(measure.text, "\n".join(by_measure.get(measure.pk, ()))) for measure in item.measures.all()]
    return [*found, *(("", words) for words in by_measure.get(None, ()))]


def taken(item: Item, problem: NoticeProblem) -> list[NoticeLine]:
    """Fill `problem` from the item and return its new lines."""
    problem.problem_class, problem.text, problem.standing = (
        item.problem_class,
        item.problem,
        standing_of(item),
    )
    return numbered(problem, lines_of(item))


def numbered(problem: NoticeProblem, lines: Iterable[tuple[str, str]]) -> list[NoticeLine]:
    """（1）（2）… without a gap."""
    return [
        NoticeLine(problem=problem, no=no, measure=measure, result=result)
        for no, (measure, result) in enumerate(lines, 1)
    ]


def check_names(notice: PublicNotice, texts: Mapping[str, str], items: Iterable[Item]) -> None:
    """No informant of a lead behind the items, and no person known here, in any text (by field)."""
    fields = _naming(notice, texts, list(items))
    if fields:
        wrong: list[DomainError] = [RuleBroken("notice.named", NAMED, field=field) for field in fields]
        raise wrong[0] if len(wrong) == 1 else Several(wrong)


def _naming(notice: PublicNotice, texts: Mapping[str, str], items: list[Item]) -> list[str]:
    """The fields whose text names somebody. As many queries for one text as for a hundred."""
    leads = Lead.objects.filter(pk__in=[item.lead_id for item in items if item.lead_id])
    names = _names_of(notice, items, leads)
    found = {field for field, text in texts.items() if _names_in(text, names)}
    try:
        secrecy.refuse_each(leads, texts, by=None)
    except Several as leaked:
        found |= {str(error.field) for error in leaked.errors}
    except secrecy.Leaked as leaked:
        found.add(str(leaked.field))
    return [field for field in texts if field in found]


def _names_of(notice: PublicNotice, items: list[Item], leads: Any) -> set[str]:
    """People with an account in the county, those who answer for the items, those complained of behind them."""
    county = notice.region_id[:6]
    people = Person.objects.filter(accounts__region__code__startswith=county).values_list("name", flat=True)
    subjects = leads.values_list("subjects__name", flat=True)
    answering = (item.responsible_person for item in items)
    names = {secrecy.folded(name) for name in (*people, *subjects, *answering) if name}
    return {name for name in names if len(name) > 1 and not name.endswith(POSTS)}


def _names_in(text: str, names: set[str]) -> bool:
    plain = secrecy.folded(text)
    near = [name for name in names if name in plain]
    return any(len(name) > 2 or secrecy.found_in({"name": name}, text) for name in near)


def texts_of(problem: NoticeProblem) -> str:
    """Everything of one problem that the public reads."""
    lines = (f"{line.measure}\n{line.result}" for line in problem.lines.all())
    return "\n".join((problem.problem_class, problem.text, *lines))


def check_whole(notice: PublicNotice) -> None:
    """At each step towards publication: every measure has its result, nobody is named, what is told still holds.

    Raises RuleBroken, or Several with everything that is missing.
    """
    found = list(notice.problems.select_related("item").prefetch_related("lines"))
    shown = [problem for problem in found if not problem.withheld]
    if not shown:
        raise RuleBroken("notice.empty", "所有问题都提出不公开，没有可以公开的内容。")
    missing = [one for problem in shown for one in _lacking(problem)]
    said = {"标题": notice.title, "开头语": notice.preface} | {str(one): texts_of(one) for one in shown}
    if named := _naming(notice, said, [problem.item for problem in found]):
        missing.append(RuleBroken("notice.named", f"{'、'.join(named)}：{NAMED}"))
    raise_all(missing)


def _lacking(problem: NoticeProblem) -> list[DomainError]:
    """What one problem lacks before it can be published."""
    lines = list(problem.lines.all())
    found: list[DomainError] = [
        RuleBroken("notice.no_result", f"{problem}的措施（{line.no}）还没有成效，请补写，或者提出不公开。")
        for line in lines
        if line.measure and not line.result
    ]
    if not lines:
        text = f"{problem}还没有措施和成效，请补写，或者提出不公开。"
        found.append(RuleBroken("notice.no_lines", text))
    if problem.standing != standing_of(problem.item):
        text = f"{problem}的整改事项现在是“{standing_of(problem.item)}”，与公开稿不同，请重新取文字。"
        found.append(RuleBroken("notice.moved_on", text))
    return found
