"""处理结果: one decision on one person, its period of effect, and what must be done to carry it out."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.filing_querysets import OutcomeQuerySet
from cases.models.measures import LIGHT_ADMIN, Form, Measure, OutcomeKind
from cases.models.subjects import LeadSubject, PartQuerySet
from povertyaudit.core.models import Dossier, Row, User

if TYPE_CHECKING:
    from datetime import date

MOST_RETURNS = 2  # 监察法 art. 54: 补充调查以二次为限


class OutcomeState(models.TextChoices):
    SUGGESTED = "suggested", "已建议待决定"
    PENDING = "pending", "待执行"
    EXECUTED = "executed", "已执行"
    DECLINED = "declined", "建议未采纳"
    REPLACED = "replaced", "已变更或者撤销"


class Limit(models.TextChoices):
    """Why only the three light administrative sanctions may be given."""

    VILLAGE = "village", "村（社区）干部（政务处分法第二十二条）"
    OTHER = "other", "其他依法履行公职的人员（政务处分法第二十三条）"


class Correction(models.TextChoices):
    REVIEW = "review", "复审"
    RECHECK = "recheck", "复核"
    CHANGE = "change", "变更"
    REVOKE = "revoke", "撤销"


DECIDED = (OutcomeState.PENDING, OutcomeState.EXECUTED)


def _kind_and_measure() -> Q:
    found = Q(pk__in=())
    for kind in OutcomeKind.values:
        found |= Q(kind=kind, measure__startswith=f"{kind}_")
    return found


class Outcome(Dossier):
    """One decision. A later one never changes it: 复审, 复核, 变更, 撤销 are new rows that point to it."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "document_number")

    label_zh = "处理结果"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"facts"})
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    state_tones: ClassVar[dict[str, str]] = {
        "suggested": "wait", "pending": "open", "executed": "done", "declined": "stop", "replaced": "stop",
    }  # fmt: skip

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="outcomes", verbose_name="问题线索")
    subject = models.ForeignKey(LeadSubject, models.PROTECT, related_name="outcomes", verbose_name="被处理人")
    state = models.CharField(
        "状态", max_length=10, choices=OutcomeState.choices, default=OutcomeState.PENDING, editable=False
    )
    kind = models.CharField("类别", max_length=10, choices=OutcomeKind.choices)
    measure = models.CharField("处理", max_length=24, choices=Measure.choices)
    suggested_on = models.DateField("建议日期", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    body = models.CharField("决定机关", max_length=60, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    facts = models.TextField("违纪违法事实", blank=True)

    # As they were on the day of the decision.
    party_member = models.BooleanField("是否中共党员", null=True, blank=True)
    admin_limit = models.CharField("政务处分限制", max_length=8, choices=Limit.choices, blank=True)
    no_party_post = models.BooleanField("应撤职但无党内职务", default=False)
    criminal = models.BooleanField("因犯罪被追究刑事责任", default=False)

    probation_until = models.DateField("察看期至", null=True, blank=True)
    effect_until = models.DateField("影响期至", null=True, blank=True)
    effect_words = models.CharField("影响期的算法", max_length=400, blank=True)
    form = models.PositiveSmallIntegerField("四种形态", choices=Form.choices, default=Form.NONE)
    counts = models.BooleanField("计入四种形态", default=False, editable=False)

    supplement_since = models.DateField("退回补充调查日期", null=True, blank=True)
    supplements = models.PositiveSmallIntegerField("退回补充调查次数", default=0)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="原决定"
    )
    correction = models.CharField("更正方式", max_length=8, choices=Correction.choices, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "处理结果"
        ordering = ("-decided_on", "-id")
        indexes = (
            models.Index(fields=("-decided_on", "-id"), name="outcome_decided"),
            models.Index(fields=("region", "state"), name="outcome_region_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="outcome_kind_of_measure",
                condition=_kind_and_measure(),
                violation_error_message="处理与类别不符，请重新选择。",
            ),
            models.CheckConstraint(
                name="outcome_decided_is_whole",
                condition=Q(decided_on=None, document_number="", state__in=("suggested", "declined"))
                | Q(decided_on__isnull=False) & ~Q(body="") & ~Q(state__in=("suggested", "declined")),
                violation_error_message="作出决定的须写明日期和机关，只是建议的不能写。",
            ),
            models.CheckConstraint(
                name="outcome_only_org_is_suggested",
                condition=Q(suggested_on=None) & ~Q(state__in=("suggested", "declined")) | Q(kind="org"),
                violation_error_message="只有组织处理可以先提出建议。",
            ),
            models.CheckConstraint(
                name="outcome_party_for_members",
                condition=~Q(kind="party") | Q(party_member__isnull=False, party_member=True),
                violation_error_message="党纪处分只能给予中共党员。",
            ),
            models.CheckConstraint(
                name="outcome_light_admin_for_villages",
                condition=~Q(kind="admin") | Q(admin_limit="") | Q(measure__in=LIGHT_ADMIN),
                violation_error_message="对村干部等人员只能给予警告、记过、记大过（政务处分法第二十二条、第二十三条）。",
            ),
            models.CheckConstraint(
                name="outcome_no_party_post_serious",
                condition=Q(no_party_post=False) | Q(measure="party_serious_warning"),
                violation_error_message="“应撤职但无党内职务”只用于党内严重警告。",
            ),
            models.CheckConstraint(
                name="outcome_two_supplements",
                condition=Q(supplements__lte=MOST_RETURNS)
                & (Q(supplements=0, supplement_since=None) | Q(kind="transfer")),
                violation_error_message="补充调查以二次为限（监察法第五十四条）。",
            ),
            models.CheckConstraint(
                name="outcome_corrects_another",
                condition=Q(corrects=None, correction="")
                | Q(corrects__isnull=False) & ~Q(correction="") & ~Q(corrects=F("id")),
                violation_error_message="更正须写明原决定和更正方式。",
            ),
            models.CheckConstraint(
                name="outcome_counted_stands",
                condition=Q(counts=False) | Q(state__in=DECIDED) & ~Q(form=0),
                violation_error_message="只有有效的处理计入四种形态。",
            ),
            models.UniqueConstraint(
                name="outcome_person_counts_once",
                fields=("subject",),
                condition=Q(counts=True),
                violation_error_message="一人只按最重的一种形态计一次。",
            ),
            models.UniqueConstraint(
                name="outcome_corrected_once",
                fields=("corrects",),
                violation_error_message="该决定已有更正，请在最新的决定上办理。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("outcome", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        suggested = "建议" if self.state == OutcomeState.SUGGESTED else ""
        return f"{self.subject.name} {suggested}{self.get_measure_display()}"

    @property
    def stands(self) -> bool:
        return self.state in DECIDED

    def runs_on(self, day: "date") -> bool:
        """Whether its effect reaches past the day."""
        return self.stands and self.effect_until is not None and self.effect_until > day

    def scope_units(self) -> list[int]:
        return self.lead.scope_units()


class Duty(Row):
    """执行事项: one thing to be done to carry an outcome out; done, or found not to apply and why."""

    class Kind(models.TextChoices):
        ANNOUNCE = "announce", "宣布处分决定"
        ADJUST = "adjust", "办理职务、工资等变更手续"
        FILE = "file", "处分决定归入档案"
        REPORT = "report", "报告处分执行情况"
        RESTORE = "restore", "察看期满恢复党员权利"
        PROSECUTE = "prosecute", "登记检察机关处理结果"

    dossier_path: ClassVar[str] = "outcome"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="duties")
    kind = models.CharField("执行事项", max_length=10, choices=Kind.choices)
    done_on = models.DateField("完成日期", null=True, blank=True)
    applies = models.BooleanField("适用", default=True)
    paper = models.CharField("文书或者说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "执行事项"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("outcome", "kind"), name="duty_once_per_outcome"),
            models.CheckConstraint(
                name="duty_done_by_someone",
                condition=Q(done_on=None, recorded_by=None)
                | Q(done_on__isnull=False, recorded_by__isnull=False) & ~Q(paper=""),
                violation_error_message="执行情况须写明日期、依据和登记人。",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def standing(self) -> str:
        if self.done_on is None:
            return "待办"
        return "已办" if self.applies else "不涉及"
