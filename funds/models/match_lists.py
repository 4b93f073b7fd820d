"""比对清单: what another platform found, taken in as one act; its lines wait sealed until they become suspicions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models.match_terms import MatchTerm
from funds.suspicion_querysets import MatchLineQuerySet, MatchListQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Region, User

MOST_ROWS = 50_000


class MatchList(Dossier):
    """One rule, compared on one day. `rows_given` = doubled + made, once it is taken in."""

    class State(models.TextChoices):
        STAGED = "staged", "待导入"
        IMPORTING = "importing", "导入中"
        IMPORTED = "imported", "已导入"
        DROPPED = "dropped", "已放弃"
        VOIDED = "voided", "已作废"

    state_tones: ClassVar[dict[str, str]] = {
        "staged": "wait", "importing": "open", "imported": "done", "dropped": "stop", "voided": "stop",
    }  # fmt: skip

    platform = models.CharField("来源平台", max_length=60)
    rule = models.ForeignKey(MatchTerm, models.PROTECT, related_name="+", verbose_name="比对规则")
    source = models.ForeignKey(MatchTerm, models.PROTECT, related_name="+", verbose_name="源数据")
    compared = models.ForeignKey(MatchTerm, models.PROTECT, related_name="+", verbose_name="比对数据")
    as_of = models.DateField("数据截止日期")
    file_sha256 = models.CharField("文件校验值", max_length=64, blank=True)
    rows_given = models.PositiveIntegerField("清单行数", default=0)
    rows_doubled = models.PositiveIntegerField("重复行数", default=0)
    rows_made = models.PositiveIntegerField("导入疑点数", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STAGED)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导入人")
    # What whoever gave the list reported of it by hand; never added to what the system counts.
    reported_rows = models.PositiveIntegerField("上报疑点数", null=True, blank=True)
    reported_filed = models.PositiveIntegerField("上报立案数", null=True, blank=True)
    reported_handled = models.PositiveIntegerField("上报组织处理数", null=True, blank=True)
    reported_fen = models.BigIntegerField("上报追缴金额（分）", null=True, blank=True)

    objects = MatchListQuerySet.as_manager()

    class Meta:
        verbose_name = "比对清单"
        indexes = (models.Index(fields=("region", "state"), name="match_list_region_state"),)
        constraints = (
            models.CheckConstraint(
                name="match_list_rows_add_up",
                condition=Q(rows_doubled__lte=F("rows_given"), rows_made__lte=F("rows_given") - F("rows_doubled"))
                & (~Q(state="imported") | Q(rows_given=F("rows_made") + F("rows_doubled"))),
                violation_error_message="导入的清单，重复行数与疑点数合计应等于清单行数。",
            ),
            models.CheckConstraint(
                name="match_list_reported_whole",
                condition=Q(reported_rows=None, reported_filed=None, reported_handled=None, reported_fen=None)
                | Q(
                    reported_rows__isnull=False, reported_filed__lte=F("reported_rows"),
                    reported_handled__lte=F("reported_rows"), reported_fen__gte=0, reported_fen__lte=MAX_FEN,
                ),
                violation_error_message="上报的立案数、组织处理数不能超过上报的疑点数，金额不能超过 10 万亿元。",
            ),
            models.UniqueConstraint(
                name="match_list_file_once", fields=("region", "file_sha256"),
                condition=~Q(file_sha256="") & ~Q(state__in=("dropped", "voided")),
                violation_error_message="这份文件已经导入过。",
            ),
            models.CheckConstraint(
                name="match_list_has_number", condition=Q(number__isnull=False),
                violation_error_message="比对清单应有编号。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("match_list", args=(self.public_id,))

    @property
    def title(self) -> str:
        return f"{self.rule.name}（{self.platform}）"


class MatchLine(models.Model):
    """A line that was checked and waits: its number is sealed. Deleted when it has become a suspicion, or never will."""

    match_list = models.ForeignKey(MatchList, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField("行")
    person_name = models.CharField("姓名", max_length=60)
    id_key = models.BinaryField(max_length=16)
    id_sealed = models.BinaryField(max_length=64)
    id_key_id = models.CharField(max_length=16)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=60, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    says = models.CharField(max_length=300)

    objects = MatchLineQuerySet.as_manager()

    class Meta:
        verbose_name = "清单行"
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="match_line_person_once", fields=("match_list", "id_key"),
                violation_error_message="同一人在清单中只留一行。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.match_list_id} {self.place}"
