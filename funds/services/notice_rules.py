"""Which notices a project owes (层级 x 时段), how each stands, and what keeps 竣工公示 and 验收款 back.

The rule of the day of the event holds: approved in March, the figures of March; the most specific one of a kind or a size
of project before the general figure. Written twice, for one project and for a list of them (`gaps_in`); a test holds the
two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from funds.models import (
    FundRule,
    NoticeLevel,
    NoticeRule,
    NoticeStage,
    Project,
    ProjectNotice,
    ProjectObjection,
)
from funds.models.project_notices import EVENTS
from funds.services import rules
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken

FEN_IN_WAN = 1_000_000
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
    rule: FundRule | NoticeRule | None = None

    @property
    def why(self) -> str:
        """The rule it is owed by, or not owed by, in words."""
        return self.rule.name if self.rule else ""

    @property
    def told(self) -> str:
        """The gap with its reason, where that is a rule of its kind or size."""
        return f"{self.gap()}（{self.why}）" if self.gap() and self.special else self.gap()

    @property
    def special(self) -> bool:
        """By a rule of its kind or size."""
        return isinstance(self.rule, NoticeRule)

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


Hung = dict[tuple[int, str, str], list[ProjectNotice]]


@dataclass(frozen=True)
class Versions:
    """Every version of the rules of the nine cells; those of kinds and sizes the most specific first."""

    general: dict[str, list[FundRule]]
    special: dict[str, list[NoticeRule]]

    def of(self, project: Project, cell: str, event: date) -> FundRule | NoticeRule | None:
        """What holds for the notice of a project whose event was that day."""
        for rule in self.special.get(cell, ()):
            wan = (project.approved_fen or 0) // FEN_IN_WAN
            if wan >= rule.from_wan and rule.kind in ("", project.kind.code) and _in_force(rule, event):
                return rule
        return next((rule for rule in self.general.get(cell, ()) if _in_force(rule, event)), None)


def _versions() -> Versions:
    """Two questions."""
    codes = [f"{stage}_{level}" for stage, level in CELLS]
    found = Versions({}, {})
    for rule in FundRule.objects.named().filter(code__in=codes).order_by("pk"):
        found.general.setdefault(rule.code, []).append(rule)
    for one in sorted(NoticeRule.objects.named().order_by("pk"), key=lambda one: one.rank, reverse=True):
        found.special.setdefault(one.cell, []).append(one)
    return found


def _in_force(rule: FundRule | NoticeRule, day: date) -> bool:
    begun = rule.valid_from is None or rule.valid_from <= day
    return begun and (rule.valid_to is None or rule.valid_to >= day)


def cells(project: Project, day: date | None = None) -> list[Cell]:
    """The nine cells as of the day (today), by stage, then level. Three questions."""
    return _cells(project, _versions(), _hung([project]), day or moment.today())


def _cells(project: Project, versions: Versions, hung: Hung, at: date) -> list[Cell]:
    found = []
    for stage, level in CELLS:
        event = getattr(project, EVENTS[stage])
        rule = versions.of(project, f"{stage}_{level}", event) if event else None
        due = event + timedelta(days=int(rule.amount)) if event and rule and rule.amount != "0" else None
        notices = tuple(hung.get((project.pk, str(stage), str(level)), ()))
        found.append(Cell(stage, level, event, due, at, notices, rule))
    return found


def _hung(projects: Iterable[Project]) -> Hung:
    """(project, stage, level) → the notices that stand; one question."""
    found: Hung = {}
    for notice in ProjectNotice.objects.standing().filter(project__in=list(projects)):
        found.setdefault((notice.project_id, notice.stage, notice.level), []).append(notice)
    return found


def next_of(projects: Sequence[Project]) -> list[tuple[Project, str, date | None]]:
    """What is to be done next about the notices of each, and until when. Four questions for all of them."""
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
    missing = [cell.told for cell in cells(project, day) if cell.gap()]
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
        cell, nearer = f"{stage}_{level}", Q(pk__in=())
        for rule in (*versions.special.get(cell, ()), *versions.general.get(cell, ())):
            here = _between(EVENTS[stage], rule)
            if isinstance(rule, NoticeRule):
                here &= _about(rule)
            if rule.amount != "0":
                owed = here & ~Q(Exists(hung.long_enough()))
                if overdue_on is not None:
                    before = overdue_on - timedelta(days=int(rule.amount))
                    owed &= Q(**{f"{EVENTS[stage]}__lt": before}) | Q(Exists(hung.standing()))
                found |= owed & ~nearer if cell in versions.special else owed
            if isinstance(rule, NoticeRule):
                nearer |= here
    return found & ~Q(state="cancelled")


def _about(rule: NoticeRule) -> Q:
    """Projects the rule names."""
    found = Q(approved_fen__gte=rule.from_wan * FEN_IN_WAN) if rule.from_wan else Q()
    return found & Q(kind__code=rule.kind) if rule.kind else found


def _between(name: str, rule: FundRule | NoticeRule) -> Q:
    """Events in the days of the rule."""
    found = Q(**{f"{name}__isnull": False})
    if rule.valid_from:
        found &= Q(**{f"{name}__gte": rule.valid_from})
    if rule.valid_to:
        found &= Q(**{f"{name}__lte": rule.valid_to})
    return found
