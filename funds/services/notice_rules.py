"""Which notices a project owes (层级 x 时段), how each stands, and what keeps 竣工公示 and 验收款 back.

The rule of the day of the event holds: approved in March, the figures of March. Written twice, for one project and for a
list of them (`gaps_in`); a test holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from funds.models import FundRule, NoticeLevel, NoticeStage, Project, ProjectNotice, ProjectObjection
from funds.models.project_notices import EVENTS
from funds.services import rules
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken

CELLS = tuple((stage, level) for stage in NoticeStage for level in NoticeLevel)


@dataclass(frozen=True)
class Cell:
    """One of the nine: what is owed there and what hangs there. `event` is the day from which it is counted, `due` is empty
    where nothing is owed (yet)."""

    stage: NoticeStage
    level: NoticeLevel
    event: date | None
    due: date | None
    day: date
    notices: Sequence[ProjectNotice] = field(default_factory=tuple)

    @property
    def words(self) -> str:
        return f"{self.stage.label}{self.level.label}公示"

    @property
    def full(self) -> bool:
        """One of them was up as long as it must be."""
        return any(one.full_on <= (one.down_on or self.day) for one in self.notices)

    @property
    def up(self) -> bool:
        """One of them is up and its days are not over."""
        return not self.full and any(one.down_on is None for one in self.notices)

    @property
    def late_days(self) -> int:
        """By how many days the first was put up too late, or is overdue."""
        if self.due is None:
            return 0
        first = min((one.up_on for one in self.notices), default=self.day)
        return max((first - self.due).days, 0)

    @property
    def failed(self) -> bool:
        """Owed, and overdue or taken down too early."""
        return bool(self.gap()) and not self.up and bool(self.notices or self.late_days)

    def gap(self) -> str:
        """What is wrong as of the day, in a phrase; empty where nothing is owed or all is well."""
        if self.due is None or self.full:
            return ""
        if not self.notices:
            return f"{self.words}没有登记"
        longest = max(one.days(self.day) for one in self.notices)
        return f"{self.words}只有 {longest} 天，天数不足"


Versions = dict[str, list[FundRule]]
Hung = dict[tuple[int, str, str], list[ProjectNotice]]


def _versions() -> Versions:
    """The figures of the nine cells, every version; one question."""
    codes = [f"{stage}_{level}" for stage, level in CELLS]
    found: Versions = {}
    for rule in FundRule.objects.named().filter(code__in=codes).order_by("pk"):
        found.setdefault(rule.code, []).append(rule)
    return found


def _within(versions: Iterable[FundRule], day: date) -> int:
    """In how many days after the event of that day the notice is owed; 0 where it is not."""
    for rule in versions:
        begun = rule.valid_from is None or rule.valid_from <= day
        if begun and (rule.valid_to is None or rule.valid_to >= day):
            return int(rule.amount)
    return 0


def cells(project: Project, day: date | None = None) -> list[Cell]:
    """The nine cells as of the day (today), by stage, then level. Two questions."""
    return _cells(project, _versions(), _hung([project]), day or moment.today())


def _cells(project: Project, versions: Versions, hung: Hung, at: date) -> list[Cell]:
    found = []
    for stage, level in CELLS:
        event = getattr(project, EVENTS[stage])
        days = _within(versions.get(f"{stage}_{level}", ()), event) if event else 0
        due = event + timedelta(days=days) if days else None
        found.append(
            Cell(stage, level, event, due, at, tuple(hung.get((project.pk, str(stage), str(level)), ())))
        )
    return found


def _hung(projects: Iterable[Project]) -> Hung:
    """(project, stage, level) → the notices that stand; one question."""
    found: Hung = {}
    for notice in ProjectNotice.objects.standing().filter(project__in=list(projects)):
        found.setdefault((notice.project_id, notice.stage, notice.level), []).append(notice)
    return found


def next_of(projects: Sequence[Project]) -> list[tuple[Project, str, date | None]]:
    """What is to be done next about the notices of each, and until when. Three questions for all of them."""
    versions, hung, today = _versions(), _hung(projects), moment.today()
    asked = ProjectObjection.objects.open().filter(notice__project__in=list(projects))
    objected = set(asked.values_list("notice__project", flat=True))
    found: list[tuple[Project, str, date | None]] = []
    for project in projects:
        lacking = [one for one in _cells(project, versions, hung, today) if one.gap() and not one.up]
        first = min(lacking, key=lambda one: one.due or today, default=None)
        if project.pk in objected or first is None:
            found.append((project, "答复异议并公布结果", None))
        else:
            found.append((project, f"登记{first.words}", first.due))
    return found


def gaps(project: Project, day: date | None = None) -> list[str]:
    """What is missing, too short or unanswered as of the day, in phrases; notices not yet due count too."""
    missing = [words for cell in cells(project, day) if (words := cell.gap())]
    return [*missing, *waiting(project)]


def waiting(project: Project) -> list[str]:
    """How many objections were not answered or published, in a phrase; empty where none."""
    number = ProjectObjection.objects.open().filter(notice__project=project).count()
    return [f"{number} 件异议没有答复或者没有公布结果"] if number else []


def bars(project: Project, day: date) -> list[DomainError]:
    """Why 竣工公示 or 验收款 may not go ahead on that day: more gaps than the rule lets pass."""
    found = gaps(project, day)
    if len(found) <= rules.amount("notice_gaps", day):
        return []
    text = f"公示公告还不全：{'；'.join(found)}。请先在项目页面补办公示、答复异议。"
    return [RuleBroken("notices.gaps", text)]


def owing(day: date | None = None) -> Q:
    """Projects with a notice to put up, or an objection to answer."""
    return _lacking(None) | _with_objections()


def gaps_in(day: date | None = None) -> Q:
    """公示不全: a notice overdue or taken down too early, or an objection left open."""
    return _lacking(day or moment.today()) | _with_objections()


def _with_objections() -> Q:
    return Q(pk__in=ProjectObjection.objects.open().values("notice__project"))


def _lacking(overdue_on: date | None) -> Q:
    """Projects with a cell that is owed and has no notice long enough; with a day only where it is overdue or cut short."""
    found, versions = Q(pk__in=()), _versions()
    for stage, level in CELLS:
        hung = ProjectNotice.objects.filter(project=OuterRef("pk"), stage=stage, level=level)
        for rule in versions.get(f"{stage}_{level}", ()):
            if rule.amount == "0":
                continue
            owed = _between(EVENTS[stage], rule) & ~Q(Exists(hung.long_enough()))
            if overdue_on is not None:
                before = overdue_on - timedelta(days=int(rule.amount))
                owed &= Q(**{f"{EVENTS[stage]}__lt": before}) | Q(Exists(hung.standing()))
            found |= owed
    return found & ~Q(state="cancelled")


def _between(name: str, rule: FundRule) -> Q:
    """Events in the days of the rule."""
    found = Q(**{f"{name}__isnull": False})
    if rule.valid_from:
        found &= Q(**{f"{name}__gte": rule.valid_from})
    if rule.valid_to:
        found &= Q(**{f"{name}__lte": rule.valid_to})
    return found
