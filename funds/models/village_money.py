"""村务公开 (N+X): what villages publish every month, the sheet of one village and month, and what was said of each duty."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.village_querysets import LocalDutyQuerySet, VillageSheetQuerySet
from povertyaudit.core.models import Attachment, Dossier, Listed, Row, Term, TermQuerySet, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class VillageDuty(Term):
    """N: a thing every village publishes every month."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("village_duties", "村务公开必须公开事项（N）"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "村务公开必须公开事项"


class LocalDuty(Dossier):
    """X: what a township asks of its villages, or of one of them, from one month on."""

    class State(models.TextChoices):
        STANDING = "standing", "在用"
        ENDED = "ended", "已停用"

    state_tones: ClassVar[dict[str, str]] = {"standing": "done", "ended": "plain"}

    name = models.CharField("公开事项", max_length=50)
    basis = models.CharField("为什么增加", max_length=200)
    from_month = models.DateField("自哪个月起")  # its first day
    to_month = models.DateField("到哪个月止", null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.STANDING, editable=False
    )

    objects = LocalDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "自选公开事项"
        indexes = (models.Index(fields=("region", "state"), name="local_duty_region"),)
        constraints = (
            models.UniqueConstraint(
                name="local_duty_once",
                fields=("region", "name"),
                condition=Q(state="standing"),
                violation_error_message="这里已有同名的自选公开事项。",
            ),
            models.CheckConstraint(
                name="local_duty_by_month",
                condition=Q(from_month__day=1)
                & (Q(to_month=None) | Q(to_month__day=1, to_month__gte=F("from_month"))),
                violation_error_message="自选公开事项按月起止，止的月份不能早于起的月份。",
            ),
            models.CheckConstraint(
                name="local_duty_ended_is_dated",
                condition=Q(state="standing") | Q(to_month__isnull=False),
                violation_error_message="停用的应有止的月份。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("local_duty", args=(self.public_id,))

    @property
    def title(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """How a line of a sheet names it."""
        return f"X{self.public_id}"


class SheetState(models.TextChoices):
    OPEN = "open", "待上报"
    SUBMITTED = "submitted", "待核对"
    RETURNED = "returned", "退回补正"
    CHECKED = "checked", "已核对"


class VillageSheet(Dossier):
    """月度清单 of one village and month, opened by the clock. `gaps` counts its lines that say 未公开."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number",)

    State = SheetState
    personal_fields: ClassVar[frozenset[str]] = frozenset({"returned_reason", "checked_text"})
    state_tones: ClassVar[dict[str, str]] = {
        "open": "open", "submitted": "wait", "returned": "warn", "checked": "done",
    }  # fmt: skip

    month = models.DateField("月份")  # its first day
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="所属乡镇")
    due_on = models.DateField("上报时限")
    gaps = models.PositiveSmallIntegerField("未公开事项", default=0, editable=False)
    filled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上报人"
    )
    submitted_on = models.DateField("上报日期", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    checked_on = models.DateField("核对日期", null=True, blank=True)
    checked_text = models.TextField("核对意见", max_length=2000, blank=True)
    returned_reason = models.TextField("退回理由", max_length=2000, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=SheetState.choices, default=SheetState.OPEN, editable=False
    )

    objects = VillageSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "村务公开清单"
        indexes = (
            models.Index(fields=("region", "month"), name="village_sheet_region"),
            models.Index(fields=("state", "due_on"), name="village_sheet_due"),
            models.Index(fields=("-month", "-id"), name="village_sheet_month"),
        )
        constraints = (
            models.UniqueConstraint(
                name="village_sheet_once",
                fields=("region", "month"),
                violation_error_message="这个村这个月的清单已经生成。",
            ),
            models.CheckConstraint(
                name="village_sheet_by_month",
                condition=Q(month__day=1, due_on__gt=F("month")),
                violation_error_message="清单按月生成，上报时限在月初以后。",
            ),
            models.CheckConstraint(
                name="village_sheet_submitted_by_somebody",
                condition=Q(state__in=("open", "returned"), submitted_by=None, submitted_on=None)
                | Q(
                    state__in=("submitted", "checked"),
                    submitted_by__isnull=False,
                    submitted_on__isnull=False,
                    filled_by__isnull=False,
                ),
                violation_error_message="上报的应有填报人、上报人和日期，没有上报的没有。",
            ),
            models.CheckConstraint(
                name="village_sheet_checked_by_another",
                condition=Q(state="checked", checked_on__isnull=False, checked_by__isnull=False)
                & ~Q(checked_by=F("submitted_by"))
                & ~Q(checked_by=F("filled_by"))
                | ~Q(state="checked") & Q(checked_by=None, checked_on=None),
                violation_error_message="核对的应有核对人和日期，核对人不能是填报、上报的人。",
            ),
            models.CheckConstraint(
                name="village_sheet_returned_has_reason",
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                violation_error_message="退回补正的须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("village_sheet", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.region.name} {self.month.year} 年 {self.month.month} 月"

    def scope_units(self) -> list[int]:
        return [self.unit_id]

    @property
    def light(self) -> Any:
        """What the clock column shows: the date until it is handed in, then whether it was in time."""
        return self

    @property
    def stopped_on(self) -> date | None:
        return self.submitted_on


class SheetLine(Row):
    """What a village says of one duty, in the words of that month. Published is shown with a photo and a date."""

    class Answer(models.TextChoices):
        PUBLISHED = "published", "已公开"
        NOTHING = "nothing", "无此事项"
        UNPUBLISHED = "unpublished", "未公开"

    dossier_path: ClassVar[str] = "sheet"

    sheet = models.ForeignKey(VillageSheet, models.PROTECT, related_name="lines", verbose_name="清单")
    code = models.CharField("事项代码", max_length=30)
    name = models.CharField("公开事项", max_length=50)
    answer = models.CharField("公开情况", max_length=12, choices=Answer.choices)
    published_on = models.DateField("公开日期", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开照片"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公开事项"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="sheet_line_once",
                fields=("sheet", "code"),
                violation_error_message="同一事项在一张清单里只列一行。",
            ),
            models.CheckConstraint(
                name="sheet_line_says_enough",
                condition=Q(answer="published", published_on__isnull=False, photo__isnull=False, reason="")
                | Q(answer__in=("nothing", "unpublished"), published_on=None, photo=None) & ~Q(reason=""),
                violation_error_message="已公开的应有日期和照片，没有公开、没有这个事项的应写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.get_answer_display()}"
