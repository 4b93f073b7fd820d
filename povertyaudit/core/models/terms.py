"""Terms of a classification: dated rows that one person proposes and another confirms; old rows keep their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models.base import Row
from povertyaudit.core.models.people import User
from povertyaudit.core.models.roles import OFFICERS, Role
from povertyaudit.core.scope import ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date

    from povertyaudit.core.models.people import Post

KEEPERS = frozenset({Role.CASE_MANAGER}) | OFFICERS


class TermState(models.TextChoices):
    DRAFT = "draft", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未通过"


class TermAct(models.TextChoices):
    ADD = "add", "新增"
    RENAME = "rename", "更名"
    END = "end", "停用"


@dataclass(frozen=True)
class Listed:
    """One list people know by name; `fixed` narrows the table where it holds several lists."""

    key: str
    label: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False  # nothing is added by hand: its rows are named by what they decide
    add_at: str = ""  # the address of a form of its own, where a new term says more than its name


class TermQuerySet(ScopedQuerySet):
    def reach(self, post: "Post") -> Q | None:
        """Everybody who holds a post reads what is confirmed; proposals are read by those who keep the lists."""
        return Q(pk__isnull=False) if post.role in KEEPERS else Q(state=TermState.CONFIRMED)

    def _without_recused(self, user: Any) -> Self:
        return self

    def on(self, day: "date | None" = None) -> Self:
        """Terms that may be chosen on the day (today): at most one of a code."""
        at = day or moment.today()
        begun = Q(valid_from=None) | Q(valid_from__lte=at)
        rows = self.named()
        return rows.filter(begun).filter(Q(valid_to=None) | Q(valid_to__gte=at))

    def named(self) -> Self:
        """Confirmed names, of any day."""
        return self.filter(state=TermState.CONFIRMED).exclude(act=TermAct.END)

    def of_day(self, term: "Term", day: "date") -> Any:
        """What the code of `term` stood for on the day; None where it stood for nothing."""
        return self.on(day).filter(code=term.code).first()

    def codes(self) -> list[tuple[str, str]]:
        """(code, words) of everything ever confirmed: the latest name, with the earlier ones beside it."""
        rows = self.named()
        names: dict[str, list[str]] = {}
        for code, name in rows.order_by("order", F("valid_from").asc(nulls_first=True), "id").values_list(
            "code", "name"
        ):
            names.setdefault(code, []).insert(0, name)
        return [
            (code, f"{now}（原{'、'.join(before)}）" if before else now)
            for code, (now, *before) in names.items()
        ]

    def for_list(self) -> Self:
        return self.select_related("changed_by__person", "confirmed_by__person")

    def waiting(self) -> Self:
        return self.filter(state=TermState.DRAFT)


class Days:
    """The confirmed names of one list, read once: what `of_day` answers, for many terms and days without a query each."""

    def __init__(self, rows: TermQuerySet) -> None:
        self._by_code: dict[str, list[Any]] = {}
        for one in rows.named():
            self._by_code.setdefault(one.code, []).append(one)

    def of_day(self, term: "Term", day: "date") -> Any:
        """What the code of `term` stood for on the day; None where it stood for nothing."""
        for one in self._by_code.get(term.code, ()):
            begun = one.valid_from is None or one.valid_from <= day
            if begun and (one.valid_to is None or one.valid_to >= day):
                return one
        return None


class Term(Row):
    """One term from one day on. A new name and an end are new rows too; what a code meant on a day never changes."""

    code = models.CharField("代码", max_length=30)
    name = models.CharField("名称", max_length=50)
    anchor = models.CharField("依据", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    act = models.CharField("事由", max_length=8, choices=TermAct.choices, default=TermAct.ADD)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=TermState.choices, default=TermState.CONFIRMED, editable=False
    )
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    lists: ClassVar[tuple[Listed, ...]] = ()
    carried: ClassVar[tuple[str, ...]] = ()  # columns of its own that a new row of the same code takes over
    decided: ClassVar[str] = (
        ""  # the one among them that a change replaces; such a term has no name to change
    )
    unrecorded: ClassVar[Q] = Q(changed_by=None)  # brought by a migration
    state_tones: ClassVar[dict[str, str]] = {"draft": "wait", "confirmed": "done", "refused": "stop"}

    class Meta:
        abstract = True
        ordering = ("order", "code", "valid_from", "id")
        constraints: ClassVar[Any] = (
            models.UniqueConstraint(
                name="%(class)s_one_proposal",
                fields=("code",),
                condition=Q(state=TermState.DRAFT),
                violation_error_message="这一项已有一个变更等待确认，请先处理。",
            ),
            models.CheckConstraint(
                name="%(class)s_two_pairs_of_eyes",
                condition=Q(confirmed_by=None)
                | Q(changed_by__isnull=False) & ~Q(changed_by=F("confirmed_by")),
                violation_error_message="分类项的提出人和确认人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="%(class)s_changed_ends_confirmed",
                condition=Q(changed_by=None, confirmed_by=None, state=TermState.CONFIRMED)
                | Q(changed_by__isnull=False, confirmed_by=None, state=TermState.DRAFT)
                | Q(changed_by__isnull=False, confirmed_by__isnull=False) & ~Q(state=TermState.DRAFT),
                violation_error_message="由人提出的分类项须经另一人确认。",
            ),
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="停用日期不能早于启用日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return f"{self.name}（{self.get_act_display()}）"

    def get_absolute_url(self) -> str:
        return f"/terms/{self.public_id}/"

    @property
    def own_name(self) -> str:
        """The name as it follows from the term's own columns, where it decides something."""
        return self.name

    def get_act_display(self) -> str:  # type: ignore[no-redef]
        """A term that decides something is not renamed but changed."""
        return "改变" if self.decided and self.act == TermAct.RENAME else str(TermAct(self.act).label)

    @property
    def listed(self) -> Listed:
        """The list the term stands in."""
        return next(one for one in self.lists if all(getattr(self, k) == v for k, v in one.fixed.items()))

    def scope_keys(self) -> dict[str, Any]:
        """Terms belong to no region and no unit."""
        return {"region": None, "units": []}
