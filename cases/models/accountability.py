"""问责（一案双查）: who answers for what a lead found, besides those who did it: leaders, offices, places, our own staff."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.asking_querysets import NO_SANCTION, AccountabilityQuerySet, ResponsibleQuerySet
from cases.models.leads import Lead
from povertyaudit.core.models import Dossier, Row, Unit, User


class Accountability(Dossier):
    """One accountability: opened from a lead, decided by the head, carried out."""

    class State(models.TextChoices):
        OPEN = "open", "调查中"
        DECIDED = "decided", "已决定"
        CARRIED_OUT = "carried_out", "已落实"

    label_zh = "问责"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "result"})
    state_tones: ClassVar[dict[str, str]] = {"open": "open", "decided": "wait", "carried_out": "done"}

    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN, editable=False)
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="accountabilities", verbose_name="来源线索")
    title = models.CharField("问责事由", max_length=200)
    own_staff = models.BooleanField("涉及本机关人员（刀刃向内）", default=False)
    handling_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="办理部门")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    opened_on = models.DateField("启动日期")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    document = models.CharField("决定文号", max_length=60, blank=True)
    carried_out_on = models.DateField("落实日期", null=True, blank=True)
    result = models.TextField("落实情况", blank=True)

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        verbose_name = "问责"
        ordering = ("-opened_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="accountability_decided_is_whole",
                condition=Q(state="open", decided_on=None, decided_by=None)
                | Q(decided_on__isnull=False, decided_on__gte=F("opened_on"), decided_by__isnull=False)
                & ~Q(document="")
                & ~Q(state="open"),
                violation_error_message="问责决定须写明决定人、日期和文号，日期不能早于启动。",
            ),
            models.CheckConstraint(
                name="accountability_carried_out_is_whole",
                condition=Q(
                    state="carried_out", carried_out_on__isnull=False, carried_out_on__gte=F("decided_on")
                )
                & ~Q(result="")
                | Q(carried_out_on=None) & ~Q(state="carried_out"),
                violation_error_message="落实须写明日期和情况，日期不能早于决定。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("accountability", args=(self.public_id,))


OF_PERSONS = ("talk", "circular", "admonish", "organisational", "party", "administrative", "none")
OF_BODIES = ("talk", "examine", "circular", "reorganise", "none")


class Responsible(Row):
    """问责对象: a person, a unit or a place, with its responsibility and the measure."""

    class Kind(models.TextChoices):
        PERSON = "person", "个人"
        UNIT = "unit", "单位"
        PLACE = "place", "地方"

    class Duty(models.TextChoices):
        DIRECT = "direct", "直接责任"
        MAIN_LEADER = "main_leader", "主要领导责任"
        LEADER = "leader", "重要领导责任"
        PRIMARY = "primary", "主体责任"
        SUPERVISION = "supervision", "监督责任"

    class Measure(models.TextChoices):
        TALK = "talk", "约谈"
        EXAMINE = "examine", "检查"
        CIRCULAR = "circular", "通报"
        REORGANISE = "reorganise", "改组"
        ADMONISH = "admonish", "诫勉"
        ORGANISATIONAL = "organisational", "组织处理"
        PARTY = "party", "党纪处分"
        ADMINISTRATIVE = "administrative", "政务处分"
        NONE = "none", "不予问责"

    dossier_path: ClassVar[str] = "accountability"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "post_text"})

    accountability = models.ForeignKey(Accountability, models.PROTECT, related_name="objects_of")
    kind = models.CharField("对象", max_length=8, choices=Kind.choices)
    name = models.CharField("姓名或名称", max_length=100)
    post_text = models.CharField("单位职务", max_length=100, blank=True)
    duty = models.CharField("责任类型", max_length=12, choices=Duty.choices)
    measure = models.CharField("问责方式", max_length=14, choices=Measure.choices, blank=True)

    objects = ResponsibleQuerySet.as_manager()

    class Meta:
        verbose_name = "问责对象"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("accountability", "kind", "name", "post_text"), name="responsible_once",
                violation_error_message="这个对象已经登记，不能重复。",
            ),
            models.CheckConstraint(
                name="responsible_measure_fits",
                condition=Q(measure="")
                | Q(kind="person", measure__in=OF_PERSONS)
                | Q(kind__in=("unit", "place"), measure__in=OF_BODIES),
                violation_error_message="检查、改组用于单位和地方，诫勉、组织处理和处分用于个人，请核对。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """It has no page of its own."""
        return self.accountability.get_absolute_url()

    @property
    def counts(self) -> bool:
        """Whether the measure is an accountability at all: 约谈 is supervision and is counted apart."""
        return self.measure not in NO_SANCTION
