"""处置: the disposition steps of a lead, one row each, kept for ever. A lead moves between the methods over time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.models import Person, Row, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class Method(models.TextChoices):
    TALK_INQUIRY = "talk_inquiry", "谈话函询"
    VERIFY = "verify", "初步核实"
    HOLD = "hold", "暂存待查"
    CLOSE = "close", "予以了结"
    FILE_CASE = "file_case", "立案审查调查"
    INVESTIGATE = "investigate", "审查调查"
    ADJUDICATE = "adjudicate", "移送审理"


class SubMethod(models.TextChoices):
    TALK = "talk", "谈话"
    INQUIRY = "inquiry", "函询"
    DELEGATED_TALK = "delegated_talk", "委托谈话"


class LeadStepQuerySet(ScopedQuerySet):
    def for_page(self) -> "LeadStepQuerySet":
        """With everything the table of steps shows."""
        return self.select_related("unit", "proposed_by__person", "approved_by__person").prefetch_related(
            "participants__user__person", "papers__attachment", "hold_reviews__reviewed_by__person"
        )

    def latest_of(self, lead_id: int) -> "LeadStep":
        """The step now proposed, approved or under way."""
        step: LeadStep = self.filter(lead=lead_id).order_by("-ordinal")[0:1].get()
        return step


class LeadStep(Row):
    """One disposition: proposed by the office, approved by the leader the table names, carried out, finished."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"proposal", "result", "opinion", "plan", "present", "conclusion"}
    )
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "plan", "present", "conclusion", "asked_of", "why_asked", "outside_number", "outside_on",
            "approval_late_days", "late_days", "stopped_on", "stopped_why", "resumed_on",
        }
    )  # fmt: skip

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField("序号")
    method = models.CharField("处置方式", max_length=14, choices=Method.choices)
    sub_method = models.CharField("具体方式", max_length=14, choices=SubMethod.choices, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="办理部门")
    proposal = models.TextField("处置意见")
    discussed_on = models.DateField("集体研究日期", null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    proposer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人（自然人）")
    proposed_on = models.DateField("提出日期")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人（自然人）"
    )
    approved_on = models.DateField("审批日期", null=True, blank=True)
    opinion = models.TextField("审批意见", blank=True)
    sent_back_on = models.DateField("退回日期", null=True, blank=True)
    started_on = models.DateField("开始日期", null=True, blank=True)
    replied_on = models.DateField("谈话完成或收到函询回复日期", null=True, blank=True)
    finished_on = models.DateField("完成日期", null=True, blank=True)
    result = models.TextField("办理结果", blank=True)
    plan = models.TextField("工作方案", null=True, blank=True)
    present = models.CharField("参加集体研究的人员", max_length=200, null=True, blank=True)
    conclusion = models.TextField("集体研究意见", null=True, blank=True)
    # Whom the table asked for approval on the day of the proposal, and why him, in words.
    asked_of = models.CharField("审批人层级", max_length=10, null=True, blank=True)
    why_asked = models.CharField("审批依据", max_length=300, null=True, blank=True)
    outside_number = models.CharField("批准文号", max_length=60, null=True, blank=True)
    outside_on = models.DateField("批准文件日期", null=True, blank=True)
    # Facts of the day it happened; nothing done later takes them back.
    approval_late_days = models.PositiveSmallIntegerField("审批超期天数", null=True, blank=True)
    late_days = models.PositiveSmallIntegerField("办理超期天数", null=True, blank=True)
    stopped_on = models.DateField("因回避停办日期", null=True, blank=True)
    stopped_why = models.CharField("停办原因", max_length=200, null=True, blank=True)
    resumed_on = models.DateField("恢复办理日期", null=True, blank=True)

    objects = LeadStepQuerySet.as_manager()

    class Meta:
        verbose_name = "处置步骤"
        ordering = ("lead", "ordinal")
        indexes = (
            models.Index(fields=("unit", "lead"), name="step_unit_lead"),
            models.Index(
                fields=("lead",), condition=Q(approval_late_days__gt=0) | Q(late_days__gt=0), name="step_late"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("lead", "ordinal"), name="step_ordinal_once"),
            models.CheckConstraint(
                name="step_two_persons",
                condition=Q(approver=None) | ~Q(approver=F("proposer")),
                violation_error_message="处置意见的提出人和审批人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="step_approved_is_whole",
                condition=Q(approved_on=None, approver=None, approved_by=None)
                | Q(approved_on__isnull=False, approver__isnull=False, approved_by__isnull=False),
                violation_error_message="审批须同时写明审批人和日期。",
            ),
            models.CheckConstraint(
                name="step_starts_after_approval",
                condition=Q(started_on=None) | Q(approved_on__isnull=False),
                violation_error_message="未经审批的处置不能开始办理。",
            ),
            models.CheckConstraint(
                name="step_finishes_after_start",
                condition=Q(finished_on=None) | Q(started_on__isnull=False, finished_on__gte=F("started_on")),
                violation_error_message="完成日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="step_resumed_after_stop",
                condition=Q(resumed_on=None) | Q(stopped_on__isnull=False, resumed_on__gte=F("stopped_on")),
                violation_error_message="恢复办理日期不能早于停办日期。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.ordinal} 步 {self.words}"

    @property
    def words(self) -> str:
        """E.g. “谈话函询（函询）”."""
        return (
            f"{self.get_method_display()}（{self.get_sub_method_display()}）"
            if self.sub_method
            else str(self.get_method_display())
        )

    @property
    def standing(self) -> str:
        """Where the step stands, in words."""
        if self.finished_on:
            return "已完成"
        if self.stopped_on and not self.resumed_on:
            return "因回避停办"
        if self.sent_back_on:
            return "已退回"
        if self.started_on:
            return "办理中"
        return "已批准" if self.approved_on else "待审批"

    @property
    def late_words(self) -> str:
        """What was late in this step, for ever; empty when nothing was."""
        parts = [("审批", self.approval_late_days), ("办理", self.late_days)]
        return "，".join(f"{what}超期 {days} 天" for what, days in parts if days)

    @property
    def participant_ids(self) -> list[str]:
        """The accounts that take part, by their opaque ids."""
        return [one.user.public_id for one in self.participants.all()]

    @property
    def paper_ids(self) -> list[str]:
        return [one.attachment.public_id for one in self.papers.all()]
