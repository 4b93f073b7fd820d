"""佐证材料 beside the standing files: which kinds there are, which are asked for, and what a file was before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, Listed, Row, Term, TermQuerySet, User
from rectification.evidence_querysets import EvidenceNeedQuerySet
from rectification.models.items import Item
from rectification.part_querysets import ItemPartQuerySet

PAIR = "pair"  # asked for like a kind: an after photo tied to its before photo


class EvidenceKind(models.TextChoices):
    """The kinds an installation begins with. The list itself is kept in 分类目录; photos before and after have rules."""

    PHOTO_BEFORE = "photo_before", "整改前照片"
    PHOTO_AFTER = "photo_after", "整改后照片（同一角度）"
    DOCUMENT = "document", "文件、方案"
    MINUTES = "minutes", "会议记录"
    RECEIPT = "receipt", "追缴票据、银行回单"
    NOTICE = "notice", "公示照片"
    SURVEY = "survey", "群众满意度调查"
    RULE = "rule", "新建制度"
    EXECUTION = "execution", "处分、任免等执行证明"
    APPOINTMENT = "appointment", "任免文件"
    PAY_CHANGE = "pay_change", "工资变动审批表"
    DELIVERY = "delivery", "处分决定送达回执"
    OTHER = "other", "其他"


class EvidenceSort(Term):
    """佐证材料类别: what may be chosen on a day. A file keeps the word it was uploaded under."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("evidence_kinds", "佐证材料类别"),)
    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "佐证材料类别"


class NeedLevel(models.TextChoices):
    MEASURE = "measure", "每条措施都要有"
    ITEM = "item", "整个事项至少一份"
    NONE = "none", "不要求"


class NeedAxis(models.TextChoices):
    """By what of an item a need is chosen."""

    ALL = "all", "全部事项"
    SOURCE = "source", "问题来源"
    CLASS = "class", "问题大类"
    MISUSE = "misuse", "违规问题类型"  # of the money tied to the item; without a key: any


class EvidenceNeed(Term):
    """佐证材料清单: what an item of one sort of problem must show before it is applied for, from one day on.

    `about` and `kind_name` are in the words of the day it was proposed.
    """

    axis = models.CharField("适用范围", max_length=8, choices=NeedAxis.choices)
    key = models.CharField("适用的代码", max_length=30, blank=True)
    about = models.CharField("适用于", max_length=60)
    kind = models.CharField("材料类别", max_length=30)
    kind_name = models.CharField("材料", max_length=50)
    level = models.CharField("要求", max_length=8, choices=NeedLevel.choices)

    carried: ClassVar[tuple[str, ...]] = ("axis", "key", "about", "kind", "kind_name", "level")
    decided: ClassVar[str] = "level"
    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("evidence_needs", "佐证材料清单", add_at="/terms/evidence-needs/new/"),
    )
    objects = EvidenceNeedQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "佐证材料清单"
        constraints: ClassVar[object] = (
            *Term.Meta.constraints,
            models.CheckConstraint(
                name="evidenceneed_key_where_chosen",
                condition=Q(axis="all", key="")
                | Q(axis="misuse")
                | Q(axis__in=("source", "class")) & ~Q(key=""),
                violation_error_message="按来源、大类要求的须选定来源或者大类，对全部事项要求的不选。",
            ),
        )

    @property
    def own_name(self) -> str:
        level = NeedLevel(self.level).label
        words = f"{self.about}：{self.kind_name}（{level}）"
        return words if len(words) <= 50 else f"{self.about}：{self.kind_name}"[:50]


class PastAct(models.TextChoices):
    REPLACED = "replaced", "已更换"
    WITHDRAWN = "withdrawn", "已撤下"


class PastEvidence(Row):
    """What a file of evidence was before it was replaced, or the file that was withdrawn: kept readable, never counted.

    `evidence` is the id of the piece it was a version of, which may be gone itself.
    """

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason"})
    state_tones: ClassVar[dict[str, str]] = {"replaced": "plain", "withdrawn": "stop"}

    item = models.ForeignKey(Item, models.CASCADE, related_name="past_evidence")
    evidence = models.CharField("材料标识", max_length=22)
    measure_no = models.PositiveSmallIntegerField("措施序号", default=0)  # 0: of the item as a whole
    kind = models.CharField("类别", max_length=30)
    kind_name = models.CharField("类别名称", max_length=50)
    note = models.CharField("说明", max_length=200, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    version_no = models.PositiveIntegerField("第几版")
    state = models.CharField("去向", max_length=10, choices=PastAct.choices)
    reason = models.TextField("理由")
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    ended_at = models.DateTimeField("办理时间", default=moment.now)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "以前的佐证材料"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("item", "attachment"), name="past_evidence_file_once"),
            models.CheckConstraint(
                name="past_evidence_has_reason",
                condition=~Q(reason=""),
                violation_error_message="请写明理由。",
            ),
            models.CheckConstraint(name="past_evidence_version_from_one", condition=Q(version_no__gte=1)),
        )

    def __str__(self) -> str:
        return self.note or str(self.attachment)

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.attachment = self.attachment
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type]

    def get_kind_display(self) -> str:
        return self.kind_name
