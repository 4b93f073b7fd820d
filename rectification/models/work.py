"""The work on an item: measures, results, evidence, progress reports, requests for more time."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, Row, Unit, User
from rectification.models.evidence import EvidenceKind
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet
from rectification.states import Completion


class MeasureState(models.TextChoices):
    NOT_STARTED = "not_started", "未启动"
    ONGOING = "ongoing", "正在落实"
    DONE = "done", "已落实"


class Measure(Row):
    """整改措施, numbered within its item."""

    searched_texts: ClassVar[tuple[str, ...]] = ("text",)
    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"person"})
    later_columns: ClassVar[frozenset[str]] = frozenset({"unit_id", "person"})
    state_tones: ClassVar[dict[str, str]] = {MeasureState.ONGOING: "open", MeasureState.DONE: "done"}

    item = models.ForeignKey(Item, models.CASCADE, related_name="measures")
    no = models.PositiveSmallIntegerField("序号")
    text = models.TextField("整改措施")
    due_on = models.DateField("完成时限", null=True, blank=True)
    # Empty: the main unit of the item, whichever that is.
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位"
    )
    person = models.CharField("责任人", max_length=100, blank=True)
    state = models.CharField(
        "落实情况", max_length=12, choices=MeasureState.choices, default=MeasureState.NOT_STARTED
    )

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "整改措施"
        ordering = ("no",)
        indexes = (
            models.Index(
                fields=("due_on", "item"),
                condition=~Q(state="done") & Q(due_on__isnull=False),
                name="measure_open_due",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="measure_no_once"),
            models.CheckConstraint(name="measure_no_from_one", condition=Q(no__gte=1)),
        )

    def __str__(self) -> str:
        return f"措施（{self.no}）"

    @property
    def number(self) -> str:
        """The item's number with the measure's."""
        return f"{self.item}（{self.no}）"

    @property
    def answering(self) -> Unit | None:
        """Who carries it out, out of the prefetched units of the item."""
        return self.unit or self.item.main_unit

    @property
    def answering_person(self) -> str:
        return self.person or self.item.responsible_person

    @property
    def day(self) -> Any:
        """Its own day, else the item's."""
        return self.due_on or self.item.due_on

    def get_absolute_url(self) -> str:
        return f"{self.item.get_absolute_url()}#measure-{self.no}"


class Result(Row):
    """整改成效, numbered in parallel to the measures; without `measure` it is one beyond them (举一反三)."""

    dossier_path: ClassVar[str] = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="results")
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="results", verbose_name="对应措施"
    )
    no = models.PositiveSmallIntegerField("序号")
    text = models.TextField("整改成效")
    figures = models.CharField("数据和实例", max_length=500, blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "整改成效"
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=("item", "no"), name="result_no_once"),
            models.CheckConstraint(name="result_no_from_one", condition=Q(no__gte=1)),
        )

    def __str__(self) -> str:
        return f"成效（{self.no}）"


class ProgressReport(Row):
    """进展报告: what the responsible unit says about a period. Not part of what is signed."""

    dossier_path: ClassVar[str] = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="reports")
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name="所报措施"
    )
    period = models.CharField("报告期", max_length=40)
    text = models.TextField("进展情况")
    completion = models.CharField("完成情况", max_length=12, choices=Completion.choices, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报告人")
    reported_on = models.DateField("报告日期", default=moment.today)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "进展报告"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.period} 进展"


class Evidence(Row):
    """佐证材料: one file that shows a measure was carried out; replaced, it stays the same piece with a later version.

    A photo of afterwards may name the photo of before that it was taken from the same angle as.
    """

    dossier_path: ClassVar[str] = "item"
    later_columns: ClassVar[frozenset[str]] = frozenset({"kind_name", "before_id"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="evidence")
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="对应措施"
    )
    kind = models.CharField("类别", max_length=30, default=EvidenceKind.PHOTO_AFTER)
    kind_name = models.CharField(
        "类别名称", max_length=50, blank=True
    )  # as it was called when it was uploaded
    before = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="after", verbose_name="对应的整改前照片"
    )
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "佐证材料"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("item", "attachment"), name="evidence_file_once"),
            models.CheckConstraint(
                name="evidence_pair_is_after",
                condition=Q(before=None) | Q(kind="photo_after") & ~Q(before=F("id")),
                violation_error_message="只有整改后照片可以选对应的整改前照片。",
            ),
        )

    def __str__(self) -> str:
        return self.note or str(self.attachment)

    def get_kind_display(self) -> str:
        """The word of its day; of files that came before the list of kinds, that of the first list."""
        return self.kind_name or dict(EvidenceKind.choices).get(self.kind, self.kind)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The file may have been saved a moment ago in the same act: take up its key."""
        self.attachment = self.attachment
        super().full_clean(*args, **kwargs)


class RequestState(models.TextChoices):
    PENDING = "pending", "待批"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class ExtensionRequest(Row):
    """申请延期整改: until when, why, and what was decided."""

    dossier_path: ClassVar[str] = "item"
    later_columns: ClassVar[frozenset[str]] = frozenset({"reason_code", "reason_name", "by_leader"})
    state_tones: ClassVar[dict[str, str]] = {"pending": "wait", "granted": "done", "refused": "stop"}

    item = models.ForeignKey(Item, models.CASCADE, related_name="extension_requests")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期", default=moment.today)
    due_before = models.DateField("申请时的时限")
    until = models.DateField("申请延至")
    reason = models.TextField("理由")
    reason_code = models.CharField("原因代码", max_length=30, blank=True)
    reason_name = models.CharField("原因", max_length=50, blank=True)  # as the list said it that day
    by_leader = models.BooleanField("由领导批准", default=False)  # by the rules when it was asked for
    state = models.CharField(
        "状态", max_length=10, choices=RequestState.choices, default=RequestState.PENDING
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    granted_until = models.DateField("同意延至", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "延期申请"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("item",), condition=Q(state="pending"), name="one_pending_extension"
            ),
            models.CheckConstraint(
                name="extension_is_later",
                condition=Q(until__gt=F("due_before")),
                violation_error_message="申请延至的日期应晚于现在的整改时限。",
            ),
            models.CheckConstraint(
                name="extension_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="延期不能由申请人自己决定。",
            ),
            models.CheckConstraint(
                name="extension_decided_iff_signed",
                condition=Q(
                    state__in=("granted", "refused"), decided_by__isnull=False, decided_on__isnull=False
                )
                | Q(state__in=("pending", "withdrawn"), decided_by=None),
                violation_error_message="已决定的延期申请须有决定人和日期。",
            ),
        )

    def __str__(self) -> str:
        return f"申请延至 {self.until}"

    @property
    def days(self) -> int:
        """By how many days it was extended; 0 where it was not."""
        return (self.granted_until - self.due_before).days if self.granted_until else 0
