"""阶段目标 of an item kept up for good: what is to be reached by when, and the signed report of what was."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import signing
from povertyaudit.core.models import Row, SignatureBase, User
from povertyaudit.core.scope import ScopedQuerySet
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet


class StageOutcome(models.TextChoices):
    """Empty while the stage runs."""

    MET = "met", "达到"
    NOT_MET = "not_met", "没有达到"
    DROPPED = "dropped", "不再要求"


class Stage(Row):
    """One stage. Signed by the head of the main unit in the act that reports it, over what it says; never changed
    afterwards, and a change beside the verbs makes the signature void."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"goal", "result"})
    SIGNED_VERSION: ClassVar[int] = 1

    item = models.ForeignKey(Item, models.CASCADE, related_name="stages")
    no = models.PositiveSmallIntegerField("阶段")
    goal = models.TextField("阶段目标")
    set_on = models.DateField("确定日期")
    due_on = models.DateField("报告期限")
    outcome = models.CharField("结果", max_length=8, choices=StageOutcome.choices, blank=True)
    result = models.TextField("阶段成效", blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签署人"
    )
    ended_on = models.DateField("报告日期", null=True, blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "阶段目标"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="stage_no_once"),
            models.UniqueConstraint(fields=("item",), condition=Q(outcome=""), name="one_running_stage"),
            models.CheckConstraint(
                name="stage_is_numbered_and_said",
                condition=Q(no__gte=1) & ~Q(goal=""),
                violation_error_message="请写明阶段目标。",
            ),
            models.CheckConstraint(
                name="stage_due_after_set",
                condition=Q(due_on__gt=F("set_on")),
                violation_error_message="阶段报告的期限应晚于确定之日。",
            ),
            models.CheckConstraint(
                name="stage_report_is_whole",
                condition=Q(outcome="", ended_on=None, signed_by=None)
                | Q(outcome="dropped", ended_on__isnull=False, signed_by=None)
                | Q(outcome__in=("met", "not_met"), ended_on__isnull=False, signed_by__isnull=False)
                & ~Q(result=""),
                violation_error_message="阶段报告须写明成效、是否达到，由主责单位主要负责人签署。",
            ),
            models.CheckConstraint(
                name="stage_ended_after_set",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("set_on")),
                violation_error_message="阶段报告日期不能早于确定之日。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.no} 阶段"

    @property
    def was_late(self) -> bool:
        return self.ended_on is not None and self.ended_on > self.due_on

    def signed_content(self) -> dict[str, Any]:
        """What the head signs: of which item, the goal and its days, what was done and whether the goal was met."""
        days = {name: getattr(self, name) for name in ("set_on", "due_on", "ended_on")}
        return {
            "item": self.item.public_id, "no": self.no, "goal": self.goal, "outcome": self.outcome, "result": self.result,
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }  # fmt: skip

    @property
    def signature(self) -> "StageSignature | None":
        """The signature of its report; none where it was reported before reports were signed over their content."""
        return next(iter(sorted(self.signatures.all(), key=lambda one: -one.pk)), None)

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was signed: the signature is void."""
        return self.signature is not None and not signing.holds(self.signature, self)


class StageSignature(SignatureBase):
    """The signature of the unit head over the report of a stage."""

    dossier_path: ClassVar[str] = "stage__item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="signatures")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "阶段报告签署"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage", "step"), condition=Q(voided_at=None), name="one_standing_stage_signature"
            ),
        )

    def get_step_display(self) -> str:
        return "阶段报告"


def running(item: Any) -> Stage | None:
    """The stage an item kept up for good is in, out of the prefetched ones. One marked before stages were rows has
    it in its fields: that stage is made of them, unsaved, until it is reported."""
    stages = list(item.stages.all())
    found = next((one for one in stages if not one.outcome), None)
    if found is None and item.next_stage_on is not None and item.accepted_on is not None:
        no = stages[-1].no + 1 if stages else 1
        return Stage(
            item=item, no=no, goal=item.stage_goal, set_on=item.accepted_on, due_on=item.next_stage_on
        )
    return found


def met(item: Any) -> tuple[int, int]:
    """How many stages were met, of those reported on."""
    reported = [one.outcome for one in item.stages.all() if one.signed_by_id]
    return reported.count(StageOutcome.MET), len(reported)
