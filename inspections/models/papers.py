"""Papers of a round (轮次文书): its reports on their way up, 专题通报 and 组办会商纪要."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.models.of_round import OfRound
from inspections.models.rounds import Round
from inspections.opinion_querysets import PaperQuerySet
from povertyaudit.core.models import Attachment, Dossier, Row, User
from povertyaudit.core.scope import ScopedQuerySet


class RoundPaper(OfRound, Dossier):
    """A paper of a round. Reports go to the leading group and then to the secretary; the others are filed at once.

    Bears no register number: a gap would tell of a secret round. It is known by its title and document number.
    """

    class Kind(models.TextChoices):
        REPORT = "report", "巡察报告"
        SPECIAL = "special", "专题报告"
        BULLETIN = "bulletin", "专题通报"
        MINUTES = "minutes", "组办会商纪要"

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        GROUP = "group", "领导小组已审议"
        DECIDED = "decided", "书记专题会已听取"
        FILED = "filed", "已归存"
        DISCARDED = "discarded", "已作废"

    GOES_UP: ClassVar[tuple[str, ...]] = ("report", "special")
    label_zh: ClassVar[str] = "轮次文书"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "participants"})
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "open", "group": "wait", "decided": "done", "filed": "done", "discarded": "stop",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers", verbose_name="轮次")
    kind = models.CharField("文书类别", max_length=8, choices=Kind.choices)
    title = models.CharField("标题", max_length=200)
    document = models.CharField("文号", max_length=60, blank=True)
    dated = models.DateField("日期")
    participants = models.CharField("参加人员", max_length=500, blank=True)
    text = models.TextField("内容", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    state = models.CharField("状态", max_length=10, choices=State.choices, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "轮次文书"
        ordering = ("-dated", "-id")
        indexes = (models.Index(fields=("round", "kind"), name="round_paper_kind"),)
        constraints = (
            models.CheckConstraint(
                name="round_paper_state_fits_kind",
                condition=Q(
                    kind__in=("report", "special"), state__in=("draft", "group", "decided", "discarded")
                )
                | Q(kind__in=("bulletin", "minutes"), state="filed"),
                violation_error_message="报告须逐级审议，通报和会商纪要直接归存。",
            ),
            models.CheckConstraint(
                name="round_paper_minutes_name_participants",
                condition=~Q(kind="minutes") | ~Q(participants=""),
                violation_error_message="会商纪要应写明参加人员。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round_paper", args=(self.public_id,))


class PaperStep(Row):
    """One hearing of a report: when, who presided, what was said, and the paper that says it."""

    class Stage(models.TextChoices):
        GROUP = "group", "领导小组"
        SECRETARY = "secretary", "书记专题会"

    dossier_path: ClassVar[str] = "paper"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    paper = models.ForeignKey(RoundPaper, models.CASCADE, related_name="steps", verbose_name="文书")
    stage = models.CharField("会议", max_length=10, choices=Stage.choices)
    held_on = models.DateField("召开日期")
    presided_by = models.CharField("主持人", max_length=60)
    opinion = models.TextField("会议意见")
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会议文件"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "审议情况"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("paper", "stage"), name="paper_heard_once_per_stage",
                violation_error_message="这一级会议的审议情况已经登记。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.held_on}"
