"""整改情况公开: the notice of a round for the public, its problems with measures and results numbered in parallel,
grounds for keeping one back, and the comments people sent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models import Lead
from inspections.models import Round
from povertyaudit.core.models import Dossier, Listed, Row, Term, Unit, User
from rectification.models.items import Item
from rectification.notice_querysets import (
    CommentQuerySet,
    NoticeGroundQuerySet,
    NoticePartQuerySet,
    NoticeQuerySet,
)

MOST_DAYS = 365


class NoticeGround(Term):
    """不公开理由: dated terms (domain §3.3)."""

    lists: ClassVar[tuple[Listed, ...]] = (Listed("notice_grounds", "整改情况不公开理由"),)
    objects = NoticeGroundQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "不公开理由"


class NoticeState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "待公开"
    PUBLISHED = "published", "公开中"
    CLOSED = "closed", "公开结束"
    DISCARDED = "discarded", "已作废"


class PublicNotice(Dossier):
    """整改情况公开 of a round, or of one unit in it. Its rows are the text: copied from the items when it is drafted,
    changed by its own verbs while it is a draft, and by nobody from the approval on."""

    label_zh: ClassVar[str] = "整改情况公开"
    recused_with: ClassVar[tuple[str, ...]] = ("round",)
    personal_fields: ClassVar[frozenset[str]] = frozenset({"preface"})
    state_tones: ClassVar[dict[str, str]] = {
        "draft": "open", "submitted": "wait", "approved": "open", "published": "done", "closed": "plain",
        "discarded": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT, editable=False
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices", verbose_name="轮次")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被巡察单位"
    )  # empty: the whole round
    title = models.CharField("标题", max_length=100)
    preface = models.TextField("开头语", blank=True)
    address = models.CharField("邮政通讯地址", max_length=200)
    phone = models.CharField("联系电话", max_length=40)
    mailbox = models.CharField("电子邮箱", max_length=100, blank=True)
    days = models.PositiveSmallIntegerField("公开天数")
    drafting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="起草部门")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    ends_on = models.DateField("公开至", null=True, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "整改情况公开"
        indexes = (models.Index(fields=("region", "state"), name="notice_region_state"),)
        constraints = (
            models.CheckConstraint(
                name="notice_two_persons",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                violation_error_message="整改情况公开的起草人和批准人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="notice_published_is_approved",
                condition=Q(
                    state__in=("draft", "submitted", "approved", "discarded"), published_on=None, ends_on=None
                )
                | Q(state__in=("published", "closed"), published_on__isnull=False, ends_on__isnull=False)
                & Q(approved_by__isnull=False, approved_on__isnull=False, number__isnull=False),
                violation_error_message="公开的须经批准，并有编号、公开日期和截止日期。",
            ),
            models.CheckConstraint(
                name="notice_closed_is_dated",
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on=None),
                violation_error_message="公开结束须有结束日期。",
            ),
            models.CheckConstraint(
                name="notice_days_sensible",
                condition=Q(days__gte=1, days__lte=MOST_DAYS),
                violation_error_message=f"公开天数应在 1 至 {MOST_DAYS} 天之间。",
            ),
        )

    def __str__(self) -> str:
        return self.number or "未编号的整改情况公开"

    def get_absolute_url(self) -> str:
        return reverse("notice", kwargs={"id": self.public_id})


class NoticeProblem(Row):
    """One problem of a notice, as it is told to the public; kept back on a ground when another person allows it."""

    dossier_path: ClassVar[str] = "notice"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "ground_note"})

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="problems")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="整改事项")
    ordinal = models.PositiveSmallIntegerField("序号")
    problem_class = models.CharField("大类", max_length=100)
    text = models.TextField("问题")
    standing = models.CharField("整改情况", max_length=20)
    ground = models.ForeignKey(
        NoticeGround, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="不公开理由"
    )
    ground_note = models.TextField("不公开的说明", blank=True)
    withheld_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )
    allowed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意不公开的人"
    )
    allowed_on = models.DateField("同意日期", null=True, blank=True)

    objects = NoticePartQuerySet.as_manager()

    class Meta:
        verbose_name = "公开的问题"
        ordering = ("notice", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("notice", "item"), name="notice_item_once"),
            models.UniqueConstraint(fields=("notice", "ordinal"), name="notice_ordinal_once"),
            models.CheckConstraint(
                name="notice_withheld_is_grounded",
                condition=Q(ground=None, withheld_by=None, allowed_by=None, allowed_on=None, ground_note="")
                | Q(ground__isnull=False, withheld_by__isnull=False) & ~Q(ground_note=""),
                violation_error_message="不公开的问题须写明理由、说明和提出人。",
            ),
            models.CheckConstraint(
                name="notice_allowed_by_another",
                condition=Q(allowed_by=None, allowed_on=None)
                | Q(allowed_by__isnull=False, allowed_on__isnull=False) & ~Q(allowed_by=F("withheld_by")),
                violation_error_message="提出不公开和同意不公开的不能是同一个人，并应有日期。",
            ),
        )

    def __str__(self) -> str:
        return f"问题{self.ordinal}"

    def get_absolute_url(self) -> str:
        return f"{self.notice.get_absolute_url()}#problem-{self.ordinal}"

    @property
    def withheld(self) -> bool:
        return self.ground_id is not None


class NoticeLine(Row):
    """（n）: a measure and what came of it. Without a measure it is a result beyond them (举一反三)."""

    dossier_path: ClassVar[str] = "problem__notice"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"measure", "result"})

    problem = models.ForeignKey(NoticeProblem, models.PROTECT, related_name="lines")
    no = models.PositiveSmallIntegerField("序号")
    measure = models.TextField("整改措施", blank=True)
    result = models.TextField("整改成效", blank=True)

    objects = NoticePartQuerySet.as_manager()

    class Meta:
        verbose_name = "措施和成效"
        ordering = ("problem", "no")
        constraints = (
            models.UniqueConstraint(fields=("problem", "no"), name="notice_line_once"),
            models.CheckConstraint(
                name="notice_line_says_something",
                condition=~Q(measure="") | ~Q(result=""),
                violation_error_message="措施和成效不能都是空的。",
            ),
        )

    def __str__(self) -> str:
        return f"（{self.no}）"


class CommentChannel(models.TextChoices):
    """The three ways a notice names. The values are those of `cases.Channel`: so the petition is registered."""

    LETTER = "letter", "来信"
    CALL = "call", "来电"
    WEB = "web", "电子邮件"


class CommentState(models.TextChoices):
    RECEIVED = "received", "待登记信访件"
    REGISTERED = "registered", "已登记信访件"


class NoticeComment(Dossier):
    """群众意见 on a published notice: date, channel, what it says. Who said it stands in the vault of the petition
    that is registered from it, and nowhere here."""

    label_zh: ClassVar[str] = "公开后的群众意见"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)  # the one it became
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})
    state_tones: ClassVar[dict[str, str]] = {"received": "wait", "registered": "done"}

    state = models.CharField(
        "状态", max_length=10, choices=CommentState.choices, default=CommentState.RECEIVED, editable=False
    )
    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, related_name="comments", verbose_name="整改情况公开"
    )
    received_on = models.DateField("收到日期")
    channel = models.CharField("方式", max_length=8, choices=CommentChannel.choices)
    text = models.TextField("意见内容")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    lead = models.OneToOneField(
        Lead, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记的信访件"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "群众意见"
        constraints = (
            models.CheckConstraint(
                name="notice_comment_registered_iff_lead",
                condition=Q(state="registered", lead__isnull=False) | Q(state="received", lead=None),
                violation_error_message="已登记信访件的意见须有登记的信访件。",
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("notice_comment", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        """The comment in one line."""
        line = " ".join(self.text.split())
        return line if len(line) <= 40 else f"{line[:40]}…"
