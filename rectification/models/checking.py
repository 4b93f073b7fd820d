"""How the verifier found out, and what was sent back: rows beside the signatures of a close-out."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.models import Row, User
from rectification.models.items import Item
from rectification.models.links import ItemSignature
from rectification.part_querysets import ItemPartQuerySet


class Way(models.TextChoices):
    """复核验收的方式 (domain §4.3: 查阅资料、实地查看、询问群众)."""

    DOCUMENTS = "documents", "查阅资料"
    ON_SITE = "on_site", "实地查看"
    ASKING = "asking", "询问群众"


class VerificationWay(Row):
    """复核记录: one way by which the verifier found out, signed with his signature and never changed.

    `whom` are the persons asked: for those who verify and their leaders only, in no list, export or message.
    """

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"whom", "found"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="ways")
    signature = models.ForeignKey(ItemSignature, models.CASCADE, related_name="ways", verbose_name="签署")
    kind = models.CharField("方式", max_length=10, choices=Way.choices)
    day = models.DateField("日期", null=True, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    whom = models.CharField("询问对象", max_length=200, blank=True)
    found = models.TextField("发现的情况")

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "复核记录"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("signature", "kind"), name="verification_way_once"),
            models.CheckConstraint(
                name="verification_way_found",
                condition=~Q(found=""),
                violation_error_message="请写明发现的情况。",
            ),
            models.CheckConstraint(
                name="verification_way_dated",
                condition=Q(kind="documents") | Q(day__isnull=False),
                violation_error_message="实地查看、询问群众须有日期。",
            ),
            models.CheckConstraint(
                name="verification_way_whom",
                condition=Q(kind="asking") & ~Q(whom="") | ~Q(kind="asking") & Q(whom=""),
                violation_error_message="询问群众须写明询问对象，其他方式不写。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day or ''}".strip()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The signature was saved a moment ago in the same act: take up its key."""
        self.signature = self.signature
        super().full_clean(*args, **kwargs)

    def as_signed(self) -> list[str]:
        return [self.kind, str(self.day or ""), self.place, self.whom, self.found]


class SentBack(Row):
    """退回补充, with what stood in the item at that moment: the next application is compared with it."""

    dossier_path: ClassVar[str] = "item"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"opinion"})

    item = models.ForeignKey(Item, models.CASCADE, related_name="sent_back")
    no = models.PositiveSmallIntegerField("第几次")
    sent_back_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="退回人")
    sent_back_on = models.DateField("退回日期", default=moment.today)
    reason_code = models.CharField("原因代码", max_length=30, blank=True)
    reason_name = models.CharField("原因", max_length=100, blank=True)
    opinion = models.TextField("意见")
    content = models.JSONField("退回时的内容", default=dict, editable=False)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = "退回记录"
        ordering = ("no",)
        constraints = (models.UniqueConstraint(fields=("item", "no"), name="sent_back_no_once"),)

    def __str__(self) -> str:
        return f"第 {self.no} 次退回 {self.sent_back_on}"
