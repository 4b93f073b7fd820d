"""One row of a look-back: a closed item or a return, its checker, what the people concerned said, and what followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from funds.models import Recovery
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Dossier, Person, Row, Unit, User
from rectification.look_back_querysets import LookBackCheckQuerySet, LookBackPartQuerySet
from rectification.models.items import Item
from rectification.models.look_backs import LookBack
from rectification.states import Source

RETURNED = "returned"  # beside the sources of items: a return to a household
KINDS = (*Source.choices, (RETURNED, "退还群众的款项"))


class LookBackCheckState(models.TextChoices):
    DRAWN = "drawn", "待分派"
    ASSIGNED = "assigned", "待核查"
    CONFIRMED = "confirmed", "整改到位"
    RELAPSED = "relapsed", "反弹，待处理"
    REOPENED = "reopened", "反弹，已重新打开"
    RENEWED = "renewed", "反弹，已另立事项"
    DROPPED = "dropped", "不再核查"


class LookBackCheck(Dossier):
    """回头看核查. What was so when it was drawn — unit, signer, kind, sum — stays, so that rates do not move later."""

    class Ground(models.TextChoices):
        RANDOM = "random", "随机抽取"
        AMOUNT = "amount", "金额"
        REPEAT = "repeat", "单位有过反弹"
        UNIT = "unit", "指定单位"

    State = LookBackCheckState
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"finding", "reason", "place_text", "latitude", "longitude"}
    )
    recused_with: ClassVar[tuple[str, ...]] = (
        "item", "item__finding", "item__finding__object", "item__finding__round", "item__lead", "recovery__misuse",
    )  # fmt: skip
    state_tones: ClassVar[dict[str, str]] = {
        "drawn": "wait", "assigned": "open", "confirmed": "done", "relapsed": "wait", "reopened": "done",
        "renewed": "done", "dropped": "stop",
    }  # fmt: skip

    plan = models.ForeignKey(LookBack, models.PROTECT, related_name="checks", verbose_name="回头看计划")
    seq = models.PositiveSmallIntegerField("序号")
    ground = models.CharField("抽取依据", max_length=8, choices=Ground.choices)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="look_backs", verbose_name="整改事项"
    )
    recovery = models.ForeignKey(
        Recovery, models.PROTECT, null=True, blank=True, related_name="look_backs", verbose_name="退还款项"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核（经办）人"
    )
    kind = models.CharField("来源", max_length=12, choices=KINDS)
    amount_fen = models.BigIntegerField("金额（分）", default=0)
    checker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核查人"
    )
    visited_on = models.DateField("核查日期", null=True, blank=True)
    place_text = models.CharField("具体地点", max_length=200, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    finding = models.TextField("核查情况", blank=True)
    reason = models.CharField("反弹情况", max_length=500, blank=True)
    questions = models.JSONField("询问提纲", default=list, blank=True)  # the words of the day
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    decided_on = models.DateField("处理日期", null=True, blank=True)
    new_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="另立的事项"
    )
    state = models.CharField(
        "状态", max_length=10, choices=LookBackCheckState.choices, default=LookBackCheckState.DRAWN
    )

    objects = LookBackCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "回头看核查"
        indexes = (
            models.Index(fields=("checker", "state"), name="look_back_check_checker"),
            models.Index(fields=("region", "state"), name="look_back_check_region"),
        )
        constraints = (
            models.UniqueConstraint(fields=("plan", "seq"), name="look_back_check_seq_once"),
            models.UniqueConstraint(fields=("plan", "item"), name="look_back_check_item_once"),
            models.UniqueConstraint(fields=("plan", "recovery"), name="look_back_check_recovery_once"),
            models.CheckConstraint(
                name="look_back_check_one_thing",
                condition=Q(item__isnull=False, recovery=None) & ~Q(kind="returned")
                | Q(item=None, recovery__isnull=False, kind="returned"),
                violation_error_message="一条核查对应一个事项或者一笔退还。",
            ),
            models.CheckConstraint(
                name="look_back_check_state_is_whole",
                condition=Q(state="drawn", checker=None, visited_on=None)
                | Q(state="assigned", checker__isnull=False, visited_on=None)
                | Q(state="dropped", visited_on=None)
                | Q(state__in=("confirmed", "relapsed", "reopened", "renewed"), checker__isnull=False,
                    visited_on__isnull=False) & ~Q(finding=""),
                violation_error_message="核查到哪一步，就应有那一步的核查人、日期和情况。",
            ),
            models.CheckConstraint(
                name="look_back_check_relapse_has_reason",
                condition=~Q(state__in=("relapsed", "reopened", "renewed")) | ~Q(reason=""),
                violation_error_message="结果为反弹的，应写明反弹情况。",
            ),
            models.CheckConstraint(
                name="look_back_check_followed_by",
                condition=Q(state__in=("reopened", "renewed"), decided_by__isnull=False, decided_on__isnull=False)
                & (Q(state="renewed", new_item__isnull=False) | Q(state="reopened", new_item=None, item__isnull=False))
                | ~Q(state__in=("reopened", "renewed")) & Q(decided_by=None, decided_on=None, new_item=None),
                violation_error_message="反弹处理应有处理人、日期；另立事项的有新事项，重新打开的是原事项。",
            ),
            models.CheckConstraint(
                name="look_back_check_amount_in_range", condition=Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
                violation_error_message="金额应在 0 和 10 万亿元之间。",
            ),
            models.CheckConstraint(
                name="look_back_check_position_is_whole",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan} 第 {self.seq} 件"

    def get_absolute_url(self) -> str:
        return reverse("look_back_check", args=(self.public_id,))

    @property
    def title(self) -> str:
        """What is looked at, in one line: of a return the unit that paid, never the household."""
        return self.item.title if self.item else f"{self.unit.name}退还群众的款项"

    @property
    def about(self) -> str:
        """The number of what is looked at."""
        if self.item:
            return str(self.item)
        return f"{self.recovery.misuse} 凭证 {self.recovery.voucher_no}" if self.recovery else ""


class LookBackAnswer(Row):
    """One person asked: role and family name, never the whole name. Money is in 分."""

    class Role(models.TextChoices):
        HOUSEHOLD = "household", "受益农户"
        VILLAGER = "villager", "其他群众"
        CADRE = "cadre", "村组干部"
        STAFF = "staff", "单位工作人员"

    class Paid(models.TextChoices):
        YES = "yes", "退了，足额"
        LESS = "less", "退了一部分"
        NO = "no", "没有退"
        NONE = "none", "不涉及退款"

    dossier_path: ClassVar[str] = "check_row"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"surname", "paid_by", "said"})

    check_row = models.ForeignKey(
        LookBackCheck, models.CASCADE, related_name="answers", verbose_name="回头看核查"
    )
    role = models.CharField("受访人身份", max_length=10, choices=Role.choices)
    surname = models.CharField("姓氏", max_length=2)
    paid = models.CharField("钱退了没有", max_length=4, choices=Paid.choices)
    paid_on = models.DateField("什么时候退的", null=True, blank=True)
    paid_by = models.CharField("谁退的、怎么退的", max_length=100, blank=True)
    amount_fen = models.BigIntegerField("退了多少（分）", null=True, blank=True)
    said = models.CharField("还说了什么", max_length=500, blank=True)

    objects = LookBackPartQuerySet.as_manager()

    class Meta:
        verbose_name = "回头看询问"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="look_back_answer_sum_where_paid",
                condition=Q(paid__in=("yes", "less"))
                & (Q(amount_fen=None) | Q(amount_fen__gte=1, amount_fen__lte=MAX_FEN))
                | Q(paid__in=("no", "none"), amount_fen=None, paid_on=None),
                violation_error_message="退了款的才填日期和金额；金额应大于 0，且不超过 10 万亿元。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}{self.surname}某"
