"""Village teams (驻村工作队): who serves where, how many days a month, and whether a visit found them there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.attendance_querysets import AttendanceQuerySet, VillagePersonQuerySet
from inspections.models.visits import Visit
from povertyaudit.core.models import Dossier, Row, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class VillagePerson(Dossier):
    """驻村人员: one term of one person in one village, sent by a unit."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "name")

    class Role(models.TextChoices):
        FIRST_SECRETARY = "first_secretary", "第一书记"
        LEADER = "leader", "工作队长"
        MEMBER = "member", "工作队员"

    class State(models.TextChoices):
        SERVING = "serving", "驻村中"
        ENDED = "ended", "已结束"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name"})
    state_tones: ClassVar[dict[str, str]] = {"serving": "open", "ended": "plain"}

    name = models.CharField("姓名", max_length=60)
    role = models.CharField("职务", max_length=16, choices=Role.choices, default=Role.MEMBER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="派出单位")
    starts_on = models.DateField("驻村开始")
    ends_on = models.DateField("驻村结束", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.SERVING)

    objects = VillagePersonQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村人员"
        indexes = (models.Index(fields=("region", "state"), name="village_person_region"),)
        constraints = (
            models.UniqueConstraint(
                name="village_person_once",
                fields=("region", "name"),
                condition=Q(state="serving"),
                violation_error_message="这个村已有同名的驻村人员；确是另一人的，请在姓名后加注区别。",
            ),
            models.CheckConstraint(
                name="village_person_ended_is_dated",
                condition=Q(state="serving", ends_on=None)
                | Q(state="ended", ends_on__isnull=False, ends_on__gte=F("starts_on")),
                violation_error_message="结束驻村应有日期，且不早于开始日期。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("village_person", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.region.name}{self.get_role_display()}{self.name}"

    def scope_units(self) -> list[int]:
        return [self.unit_id]


class AttendanceMonth(Dossier):
    """驻村考勤: one person's month. What visits found is counted from the visits, never copied here."""

    class State(models.TextChoices):
        OPEN = "open", "已登记"
        NOTICED = "noticed", "已通知"
        EXPLAINED = "explained", "已说明"
        SUGGESTED = "suggested", "已建议召回"
        RECALLED = "recalled", "已召回"
        CLEARED = "cleared", "不再追究"

    personal_fields: ClassVar[frozenset[str]] = frozenset({"notice", "explanation", "suggestion", "decision"})
    state_tones: ClassVar[dict[str, str]] = {
        "open": "plain", "noticed": "warn", "explained": "wait", "suggested": "warn", "recalled": "stop",
        "cleared": "done",
    }  # fmt: skip

    person = models.ForeignKey(VillagePerson, models.PROTECT, related_name="months", verbose_name="驻村人员")
    month = models.DateField("月份")  # its first day
    days_present = models.PositiveSmallIntegerField("驻村天数", null=True, blank=True)  # none: not reported
    days_leave = models.PositiveSmallIntegerField("请假天数", default=0)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )  # nobody: opened because a visit found him absent
    notice = models.TextField("通知内容", blank=True)
    noticed_on = models.DateField("通知日期", null=True, blank=True)
    explanation = models.TextField("情况说明", blank=True)
    suggestion = models.TextField("召回建议", blank=True)
    decision = models.TextField("处理结果", blank=True)
    decided_on = models.DateField("处理日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村考勤"
        indexes = (models.Index(fields=("region", "month"), name="attendance_region_month"),)
        constraints = (
            models.UniqueConstraint(
                name="attendance_once_a_month",
                fields=("person", "month"),
                violation_error_message="这个月的考勤已经登记，请打开修改。",
            ),
            models.CheckConstraint(
                name="attendance_first_of_month",
                condition=Q(month__day=1),
                violation_error_message="考勤按月登记。",
            ),
            models.CheckConstraint(
                name="attendance_days_in_a_month",
                condition=(Q(days_present=None) | Q(days_present__lte=31)) & Q(days_leave__lte=31),
                violation_error_message="天数应在 0 至 31 之间。",
            ),
            models.CheckConstraint(
                name="attendance_notice_is_dated",
                condition=Q(state="open", noticed_on=None) | ~Q(state="open") & Q(noticed_on__isnull=False),
                violation_error_message="通知以后才能说明、建议召回和处理。",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("attendance_month", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.person.name} {self.month.year} 年 {self.month.month} 月"

    def scope_units(self) -> list[int]:
        return [self.person.unit_id]


class VisitCheck(Row):
    """在岗情况 of one person, as a visit found it. Known as the visit is."""

    class Found(models.TextChoices):
        PRESENT = "present", "在岗"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "不在岗"

    dossier_path: ClassVar[str] = "visit"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="checks", verbose_name="走访记录")
    person = models.ForeignKey(VillagePerson, models.PROTECT, related_name="checks", verbose_name="驻村人员")
    found = models.CharField("在岗情况", max_length=8, choices=Found.choices)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "在岗抽查"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("visit", "person"), name="check_once_a_visit"),)

    def __str__(self) -> str:
        return f"{self.person} {self.get_found_display()}"
