"""通报曝光: bulletins of concluded cases, the persons named in them, the channels, and the copies sent out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.bulletin_querysets import (
    BulletinCaseQuerySet,
    BulletinChannelQuerySet,
    BulletinPersonQuerySet,
    BulletinQuerySet,
    CopyQuerySet,
)
from cases.masking import Mask, in_mask
from cases.models.leads import Lead
from cases.models.subjects import LeadSubject
from povertyaudit.core.models import Dossier, Listed, Region, Row, Term, Unit, User


class BulletinChannel(Term):
    """发布渠道, each in the list that says how names are written there."""

    mask = models.CharField("姓名写法", max_length=8, choices=Mask.choices)

    lists: ClassVar[tuple[Listed, ...]] = (
        Listed("bulletin_full", "通报渠道：点名道姓", {"mask": Mask.FULL}),
        Listed("bulletin_surname", "通报渠道：姓氏加“某”", {"mask": Mask.SURNAME}),
        Listed("bulletin_nameless", "通报渠道：不写姓名", {"mask": Mask.NONE}),
    )
    objects = BulletinChannelQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "通报发布渠道"


class BulletinState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "待印发"
    ISSUED = "issued", "已印发"
    CORRECTED = "corrected", "已被更正"


class Bulletin(Dossier):
    """One bulletin. Numbered when it is issued; from then on it changes only by a later one that corrects it."""

    label_zh = "通报"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"preface"})
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "open", "submitted": "wait", "approved": "open", "issued": "done", "corrected": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT, editable=False
    )
    title = models.CharField("标题", max_length=100)
    preface = models.TextField("开头语", blank=True)
    drafting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="起草部门")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    issue = models.PositiveIntegerField("期数", null=True, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的通报"
    )

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = "通报"
        indexes = (models.Index(fields=("region", "state", "issued_on"), name="bulletin_region_issued"),)
        constraints = (
            models.CheckConstraint(
                name="bulletin_two_persons",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                violation_error_message="通报的起草人和批准人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="bulletin_issued_is_approved",
                condition=Q(state__in=("draft", "submitted", "approved"), issue=None, issued_on=None)
                | Q(state__in=("issued", "corrected"), issue__isnull=False, issued_on__isnull=False,
                    approved_by__isnull=False, number__isnull=False),
                violation_error_message="印发的通报须经批准，并有编号、期数和印发日期。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number or "未编号通报"

    def get_absolute_url(self) -> str:
        return reverse("bulletin", kwargs={"id": self.public_id})

    @property
    def issue_words(self) -> str:
        return f"第{self.issue}期" if self.issue else ""

    def in_mask(self, text: str, mask: str) -> str:
        """`text` with the persons of all its cases written as a channel writes them."""
        persons = [person for case in self.cases.all() for person in case.persons.all()]
        return in_mask(text, [person.name for person in persons], mask)


class BulletinCase(Row):
    """One case (起) of a bulletin."""

    dossier_path: ClassVar[str] = "bulletin"
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"problem", "facts", "decision", "recorded", "changed_why"}
    )

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="cases")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+", verbose_name="问题线索")
    ordinal = models.PositiveIntegerField("序号")
    place = models.CharField("地点", max_length=100)
    problem = models.CharField("问题", max_length=100)
    facts = models.TextField("事实")
    decision = models.TextField("处理决定")
    recorded = models.TextField("登记的处理决定", blank=True)
    changed_why = models.CharField("与登记不同的理由", max_length=200, blank=True)

    objects = BulletinCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "通报案例"
        ordering = ("bulletin", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("bulletin", "lead"), name="bulletin_case_once"),
            models.UniqueConstraint(fields=("bulletin", "ordinal"), name="bulletin_case_ordinal_once"),
            models.CheckConstraint(
                name="bulletin_case_changed_with_reason",
                condition=Q(decision=F("recorded")) | ~Q(changed_why=""),
                violation_error_message="处理决定与登记的不一致的，须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.ordinal} 起"

    def in_mask(self, text: str, mask: str) -> str:
        """`text` with its persons written as a channel writes them."""
        return in_mask(text, [person.name for person in self.persons.all()], mask)

    def get_absolute_url(self) -> str:
        return self.bulletin.get_absolute_url()


class BulletinPerson(Row):
    """One person (人次) of a case, as the register had him when the case was taken in."""

    dossier_path: ClassVar[str] = "case__bulletin"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "unit_text", "post_text", "measures"})

    case = models.ForeignKey(BulletinCase, models.PROTECT, related_name="persons")
    subject = models.ForeignKey(
        LeadSubject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被反映人"
    )
    name = models.CharField("姓名", max_length=60)
    unit_text = models.CharField("单位", max_length=100, blank=True)
    post_text = models.CharField("职务", max_length=100, blank=True)
    measures = models.CharField("登记的处理", max_length=200, blank=True)

    objects = BulletinPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "通报人员"
        ordering = ("case", "id")
        constraints = (models.UniqueConstraint(fields=("case", "subject"), name="bulletin_person_once"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


class CopyState(models.TextChoices):
    SENT = "sent", "未读"
    READ = "read", "已阅"
    WITHDRAWN = "withdrawn", "已被更正"


class BulletinCopy(Dossier):
    """What one unit gets, written as its channel writes names. A record of its own: the unit sees nothing behind it.

    Sent for a village to another unit than its own, it has come there once that unit says how it was told (`posted_on`).
    """

    class Way(models.TextChoices):
        MEETING = "meeting", "会议传达"
        BOARD = "board", "公开栏张贴"

    label_zh = "通报送达"
    later_columns: ClassVar[frozenset[str]] = frozenset({"posted_on", "posted_way", "posted_by_id"})
    state_tones: ClassVar[dict[str, str]] = {"sent": "wait", "read": "done", "withdrawn": "stop"}

    state = models.CharField(
        "状态", max_length=10, choices=CopyState.choices, default=CopyState.SENT, editable=False
    )
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="copies")
    channel = models.ForeignKey(BulletinChannel, models.PROTECT, related_name="+", verbose_name="渠道")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="送达单位")
    sender_region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="印发地区")
    sent_at = models.DateTimeField("送达时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    read_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="阅读人"
    )
    posted_on = models.DateField("村内传达日期", null=True, blank=True)
    posted_way = models.CharField("传达方式", max_length=8, blank=True, choices=Way.choices)
    posted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记传达的人"
    )

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = "通报送达"
        constraints = (
            models.UniqueConstraint(
                fields=("bulletin", "channel", "unit", "region"), name="bulletin_copy_once"
            ),
            models.CheckConstraint(
                name="bulletin_copy_read_is_whole",
                condition=Q(read_at=None, read_by=None) & ~Q(state="read")
                | Q(read_at__isnull=False, read_by__isnull=False) & ~Q(state="sent"),
                violation_error_message="已阅的通报须写明阅读人和时间。",
            ),
            models.CheckConstraint(
                name="bulletin_copy_posted_is_whole",
                condition=Q(posted_on=None, posted_by=None, posted_way="")
                | Q(posted_on__isnull=False, posted_by__isnull=False, read_at__isnull=False)
                & ~Q(posted_way=""),
                violation_error_message="村内传达须写明日期、方式和登记人。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("bulletin_copy", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"{self.bulletin.in_mask(self.bulletin.title, self.channel.mask)}{self.bulletin.issue_words}"

    def scope_units(self) -> list[int]:
        return [self.unit_id]
