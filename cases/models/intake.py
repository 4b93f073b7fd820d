"""来件情况: what only some channels ask — one table says which — beside the lead, in columns that can be filtered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from cases.models.leads import Channel, Lead
from povertyaudit.core.models import Row
from povertyaudit.core.scope import ScopedQuerySet

MANY_VISITORS = 5000


@dataclass(frozen=True)
class Asked:
    """A detail a channel asks, in the channel's own words; `must`: the desk cannot leave it out."""

    column: str
    label: str
    must: bool = False
    help: str = ""


NO_NUMBER = "没有的写“无”。"
# Channel: what it asks, in the order of the form (domain §1.1).
ASKED: dict[str, tuple[Asked, ...]] = {
    Channel.LETTER: (Asked("source_on", "落款或邮戳日期"),),
    Channel.VISIT: (Asked("source_count", "来访人数", must=True), Asked("source_at", "来访时间")),
    Channel.CALL: (Asked("source_at", "来电时间", must=True),),
    Channel.WEB: (Asked("source_number", "网上举报编号"), Asked("source_at", "提交时间")),
    Channel.SMS: (Asked("source_at", "收到时间"),),
    Channel.PLATFORM: (Asked("source_name", "平台名称", must=True), Asked("source_number", "平台编号")),
    Channel.DROP_BOX: (Asked("source_place", "举报箱地点", must=True), Asked("source_on", "开箱日期")),
    Channel.MARKET_DAY: (Asked("source_place", "在哪个集市", must=True), Asked("source_on", "下访日期")),
    Channel.HOTLINE: (Asked("source_at", "来电时间"),),
    Channel.SUPERIOR: (
        Asked("source_name", "上级机关", must=True, help="例如：市纪委监委信访室。"),
        Asked("source_number", "来文编号", must=True, help=NO_NUMBER),
        Asked("source_on", "来文日期", must=True),
        Asked("result_wanted", "是否要结果", must=True, help="要结果的是交办件，三个月内办结或按指定日期报结果。"),
    ),
    Channel.INSPECTION: (
        Asked("source_name", "移交单位", must=True, help="例如：省委第三巡视组。"),
        Asked("source_topic", "巡视巡察轮次", must=True),
        Asked("source_number", "移交清单编号", must=True, help=NO_NUMBER),
        Asked("source_on", "移交日期"),
    ),
    Channel.HANDOVER: (
        Asked("source_name", "移交机关", must=True, help="例如：县审计局。"),
        Asked("source_number", "移交函文号", must=True, help=NO_NUMBER),
        Asked("source_on", "移交日期"),
    ),
    Channel.OWN_DISCOVERY: (Asked("source_topic", "在哪项监督检查中发现", must=True),),
    Channel.DATA_MATCH: (
        Asked("source_number", "比对批次", must=True), Asked("source_topic", "比对规则", must=True),
    ),
    Channel.MEDIA: (
        Asked("source_name", "媒体或账号名称", must=True), Asked("source_on", "发布日期", must=True),
        Asked("source_link", "链接"),
    ),
    Channel.SELF_REPORT: (Asked("source_on", "主动交代日期", must=True), Asked("source_place", "地点")),
    Channel.INSTRUCTION: (
        Asked("source_name", "批示领导", must=True), Asked("source_on", "批示日期", must=True),
        Asked("source_number", "批示件编号"),
    ),
}  # fmt: skip


class IntakeQuerySet(ScopedQuerySet):
    """Seen exactly when their lead is."""


class IntakeDetail(Row):
    """来件情况 of one lead; only columns its channel asks are filled. Nothing of who complained."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"source_topic", "source_link"})

    lead = models.OneToOneField(Lead, models.PROTECT, related_name="intake")
    source_name = models.CharField("来件单位", max_length=100, blank=True)
    source_number = models.CharField("来件编号", max_length=60, blank=True)
    source_topic = models.CharField("轮次、检查或规则", max_length=100, blank=True)
    source_on = models.DateField("来件日期", null=True, blank=True)
    source_at = models.CharField(
        "来件时间", max_length=5, blank=True,
        validators=[RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d$", "时间写成 14:30 的样子，请核对。")],
    )  # fmt: skip
    source_place = models.CharField("来件地点", max_length=100, blank=True)
    source_count = models.PositiveSmallIntegerField(
        "来访人数", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MANY_VISITORS)]
    )
    source_link = models.CharField("链接", max_length=300, blank=True)
    result_wanted = models.BooleanField("是否要结果", null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "来件情况"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="intake_visitors_in_range",
                condition=Q(source_count=None) | Q(source_count__gte=1, source_count__lte=MANY_VISITORS),
                violation_error_message=f"来访人数应在 1 到 {MANY_VISITORS} 之间，请核对。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead_id}"

    FIELDS: ClassVar[tuple[str, ...]] = (
        "source_name", "source_number", "source_topic", "source_on", "source_at", "source_place", "source_count",
        "source_link", "result_wanted",
    )  # fmt: skip

    def said(self) -> Iterator[tuple[Asked, Any]]:
        """What is filled, with the channel's words for it."""
        for asked in ASKED.get(self.lead.channel, ()):
            value = getattr(self, asked.column)
            if value not in (None, ""):
                yield asked, value
