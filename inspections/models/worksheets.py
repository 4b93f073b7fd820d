"""Worksheets (问题底稿): one problem with its evidence, signed by two of the team before it becomes a finding."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.field_querysets import WorksheetQuerySet
from inspections.models.findings import Finding
from inspections.models.objects import RoundObject
from inspections.models.plans import VisitPlan
from inspections.models.rounds import Round
from inspections.models.visits import Visit
from povertyaudit.core.models import Attachment, Dossier, SignatureBase, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class Worksheet(Dossier):
    """问题底稿 of a plan or a round. Known as these are; what two members signed is void as soon as it is changed."""

    searched_texts: ClassVar[tuple[str, ...]] = ("number", "problem_class", "aspect", "text")

    class State(models.TextChoices):
        OPEN = "open", "待签字"
        RECORDED = "recorded", "已登记为发现问题"
        DISCARDED = "discarded", "已作废"

    SIGNED_VERSION = 1
    SIGNERS: ClassVar[int] = 2

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "basis"})
    recused_with: ClassVar[tuple[str, ...]] = ("plan", "round", "object")
    state_tones: ClassVar[dict[str, str]] = {"open": "wait", "recorded": "done", "discarded": "stop"}

    plan = models.ForeignKey(
        VisitPlan, models.PROTECT, null=True, blank=True, related_name="worksheets", verbose_name="走访计划"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="worksheets", verbose_name="所属轮次"
    )
    object = models.ForeignKey(
        RoundObject, models.PROTECT, null=True, blank=True, related_name="worksheets", verbose_name="巡察对象"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="worksheets", verbose_name="走访记录"
    )
    problem_class = models.CharField("问题大类", max_length=100)
    aspect = models.CharField("问题方面", max_length=100, blank=True)
    text = models.TextField("具体问题")
    basis = models.CharField("依据", max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="涉及单位")
    found_on = models.DateField("发现日期")
    immediate = models.BooleanField("立行立改", default=False)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    finding = models.OneToOneField(
        Finding, models.PROTECT, null=True, blank=True, related_name="worksheet", verbose_name="发现问题"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    objects = WorksheetQuerySet.as_manager()

    class Meta:
        verbose_name = "问题底稿"
        indexes = (
            models.Index(fields=("round", "state"), name="worksheet_round_state"),
            models.Index(fields=("plan", "state"), name="worksheet_plan_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="worksheet_belongs_somewhere",
                condition=Q(plan__isnull=False) | Q(round__isnull=False),
                violation_error_message="问题底稿应属于一个走访计划或者轮次。",
            ),
            models.CheckConstraint(
                name="worksheet_recorded_has_finding",
                condition=Q(state="recorded", finding__isnull=False) | ~Q(state="recorded") & Q(finding=None),
                violation_error_message="登记为发现问题的底稿应指明是哪一个问题，其他底稿不能有。",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"未编号：{self.title[:20]}"

    def get_absolute_url(self) -> str:
        return reverse("worksheet", args=(self.public_id,))

    @property
    def title(self) -> str:
        """The first line of the text, for lists."""
        return self.text.partition("\n")[0][:80]

    @property
    def is_secret_now(self) -> bool:
        if self.plan is not None and self.plan.is_secret_now:
            return True
        return self.round is not None and self.round.is_secret_now

    def signed_content(self) -> dict[str, Any]:
        """What the two sign: the problem, whom it concerns, and the evidence as stored."""
        return self.content_with(Attachment.objects.of(self).newest().values_list("sha256", flat=True))

    def content_with(self, evidence: Iterable[str]) -> dict[str, Any]:
        """The same, where the hashes of the evidence are at hand."""
        return {
            "problem": [self.problem_class, self.aspect, self.text, self.basis, self.immediate],
            "unit": self.unit_id, "found_on": self.found_on, "evidence": sorted(evidence),
        }  # fmt: skip

    @classmethod
    def evidence_of(cls, sheets: Iterable["Worksheet"]) -> dict[int, list[str]]:
        """Key of each sheet → hashes of its evidence, in one query."""
        found: dict[int, list[str]] = {sheet.pk: [] for sheet in sheets}
        files = Attachment.objects.filter(
            target_label=cls._meta.label_lower, target_id__in=list(found)
        ).newest()
        for key, sha256 in files.values_list("target_id", "sha256"):
            found[key].append(sha256)
        return found

    @property
    def signed(self) -> str:
        """How many signatures stand, of how many."""
        standing = [one for one in self.signatures.all() if one.voided_at is None]
        return f"{len(standing)}/{self.SIGNERS}"


class WorksheetSignature(SignatureBase):
    """A signature on a worksheet; several of one person may be void, one stands."""

    dossier_path: ClassVar[str] = "worksheet"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    worksheet = models.ForeignKey(Worksheet, models.CASCADE, related_name="signatures")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "底稿签字"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("worksheet", "person"),
                condition=Q(voided_at=None),
                name="worksheet_signed_once_by_each",
            ),
        )
