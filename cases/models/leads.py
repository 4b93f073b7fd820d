"""问题线索: a lead about a cadre. Before 立案 it is not a case."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from cases.models.batches import Batch
from cases.models.categories import Category
from cases.models.choices import Approver, CloseKind
from cases.models.lead_indexes import INDEXES
from cases.models.steps import Method
from cases.querysets import NOT_LEADS, LeadQuerySet
from povertyaudit.core.models import Dossier, Unit, User
from povertyaudit.core.models.base import page_of

MAX_FEN = 10**15


class State(models.TextChoices):
    REGISTERED = "registered", "待分办"
    DISPATCHED = "dispatched", "待签收"
    SIGNED_FOR = "signed_for", "待提处置意见"
    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已批准待实施"
    IN_STEP = "in_step", "办理中"
    HELD = "held", "暂存待查"
    CASE_FILED = "case_filed", "已立案待调查"
    CONCLUDED = "concluded", "已办结"
    FORWARDED = "forwarded", "已转出"
    MERGED = "merged", "已合并"
    RETURNED = "returned", "已退回"
    VOIDED = "voided", "已作废"


class Channel(models.TextChoices):
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    CALL = "call", "来电"
    WEB = "web", "网络举报"
    SMS = "sms", "短信"
    PLATFORM = "platform", "监督平台"
    DROP_BOX = "drop_box", "举报箱"
    MARKET_DAY = "market_day", "赶集日下访"
    HOTLINE = "hotline", "扶贫专线"
    SUPERIOR = "superior", "上级交办转办"
    INSPECTION = "inspection", "巡视巡察移交"
    HANDOVER = "handover", "其他机关移交"
    OWN_DISCOVERY = "own_discovery", "监督检查发现"
    DATA_MATCH = "data_match", "大数据比对"
    MEDIA = "media", "媒体舆情"
    SELF_REPORT = "self_report", "主动交代"
    INSTRUCTION = "instruction", "领导批示"


class Kind(models.TextChoices):
    COMPLAINT = "complaint", "检举控告"
    APPEAL = "appeal", "申诉"
    CONSULTATION = "consultation", "咨询求助"
    SUGGESTION = "suggestion", "意见建议"


class IdentityStatus(models.TextChoices):
    ANONYMOUS = "anonymous", "匿名"
    CLAIMED = "claimed", "自称实名（未核实）"
    VERIFIED = "verified", "实名（已核实）"


class DispatchMode(models.TextChoices):
    SELF = "self", "自办"
    PASS_ON = "pass_on", "转办"
    ASSIGN = "assign", "交办"
    SUPERVISED = "supervised", "督办"
    ASSIST = "assist", "协办"


WITHOUT_UNIT = (State.REGISTERED, State.FORWARDED, State.MERGED, State.RETURNED, State.VOIDED)
# Came from another body, which may get it back when it is not ours.
HANDED_IN = (Channel.SUPERIOR, Channel.INSPECTION, Channel.HANDOVER)


def _iff(state: str, field: str, *, empty: Q) -> Q:
    return Q(state=state) & ~empty | ~Q(state=state) & empty


class Lead(Dossier):
    """One lead: several persons, several numbers, a history of disposition steps."""

    searched_texts, searched_sums = ("number", "title"), ("amount_fen",)
    label_zh = "问题线索"
    keeps_identity: ClassVar[bool] = True
    may_follow_archive: ClassVar[frozenset[str]] = frozenset({"lead.reopen"})
    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "text", "result_text", "return_reason", "check_note"})  # fmt: skip
    later_columns: ClassVar[frozenset[str]] = frozenset({
        "returned_to", "returned_on", "return_reason", "check_note", "batch_id", "supervisor_id",
        "reported_on", "stopped_on", "duties_owed", "reactivated_times", "trial_returned_on", "objected_on", "archived_on",
    })  # fmt: skip
    state_tones: ClassVar[dict[str, str]] = {
        "registered": "open", "dispatched": "open", "signed_for": "wait", "proposed": "wait", "approved": "open",
        "in_step": "open", "held": "stop", "case_filed": "warn", "concluded": "done", "forwarded": "stop",
        "merged": "stop", "returned": "stop", "voided": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=12, choices=State.choices, default=State.REGISTERED, editable=False
    )
    channel = models.CharField("来源渠道", max_length=16, choices=Channel.choices)
    kind = models.CharField("类型", max_length=14, choices=Kind.choices, default=Kind.COMPLAINT)
    identity_status = models.CharField(
        "署名情况", max_length=10, choices=IdentityStatus.choices, default=IdentityStatus.ANONYMOUS
    )
    received_on = models.DateField("受理日期")
    title = models.CharField("反映问题摘要", max_length=100)
    text = models.TextField("反映的主要问题", blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题类别"
    )
    style = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作风问题"
    )
    amount_fen = models.BigIntegerField(
        "涉及金额（分）", null=True, blank=True, validators=[MaxValueValidator(MAX_FEN)]
    )

    check_note = models.TextField("核对说明", blank=True)

    registering_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    handling_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办部门"
    )
    acting_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="当前部门"
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分管领导"
    )
    dispatch_mode = models.CharField("办理方式", max_length=10, choices=DispatchMode.choices, blank=True)
    dispatched_on = models.DateField("分办日期", null=True, blank=True)
    signed_for_on = models.DateField("签收日期", null=True, blank=True)
    result_due_on = models.DateField("上级要求报结果日期", null=True, blank=True)

    # The disposition now proposed, approved or carried out; the history stands in LeadStep.
    method = models.CharField("处置方式", max_length=14, choices=Method.choices, blank=True)
    approver = models.CharField("审批人", max_length=10, choices=Approver.choices, blank=True)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处置意见提出人"
    )
    filed_on = models.DateField("立案日期", null=True, blank=True)
    trial_returned_on = models.DateField("审理退回补证日期", null=True, blank=True, editable=False)
    review_on = models.DateField("暂存复核日期", null=True, blank=True)
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    close_kind = models.CharField("办结方式", max_length=14, choices=CloseKind.choices, blank=True)
    result_text = models.TextField("办结情况", blank=True)
    reopened_times = models.PositiveSmallIntegerField("重新启动次数", default=0)

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_leads", verbose_name="合并入"
    )
    repeats = models.PositiveIntegerField("重复件数", default=0)
    forwarded_to = models.CharField("转往机关", max_length=100, blank=True)
    forwarded_on = models.DateField("转出日期", null=True, blank=True)
    forward_receipt = models.CharField("转办回执", max_length=100, blank=True)
    returned_to = models.CharField("退回单位", max_length=100, blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    return_reason = models.TextField("退回理由", blank=True)
    pressed_times = models.PositiveSmallIntegerField("督办次数", default=0)

    # 受理告知 and 结果反馈 to a named complainant: owed until recorded (检举控告规则).
    acknowledgement_owed = models.BooleanField("待受理告知", default=False)
    acknowledged_on = models.DateField("受理告知日期", null=True, blank=True)
    feedback_owed = models.BooleanField("待结果反馈", default=False)
    fed_back_on = models.DateField("结果反馈日期", null=True, blank=True)
    stopped_on = models.DateField("因回避停办日期", null=True, blank=True)
    duties_owed = models.PositiveSmallIntegerField("待办后续事项", null=True, blank=True)
    reactivated_times = models.PositiveSmallIntegerField("二次启动次数", null=True, blank=True)
    archived_on = models.DateField("归档日期", null=True, blank=True)
    objected_on = models.DateField("反映人异议日期", null=True, blank=True)  # until studied or reopened

    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name="交办批次"
    )
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督办人"
    )
    reported_on = models.DateField("报送结果日期", null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "问题线索"
        ordering = ("-received_on", "-id")
        indexes = INDEXES
        constraints = (
            models.CheckConstraint(
                name="lead_concluded_is_dated",
                condition=_iff(State.CONCLUDED, "concluded_on", empty=Q(concluded_on=None)),
                violation_error_message="办结的线索须有办结日期，未办结的不能有。",
            ),
            models.CheckConstraint(
                name="lead_concluded_has_kind",
                condition=~Q(state=State.CONCLUDED) | ~Q(close_kind=""),
                violation_error_message="办结的线索须写明办结方式。",
            ),
            models.CheckConstraint(
                name="lead_dispatched_has_unit",
                condition=Q(state__in=WITHOUT_UNIT)
                | Q(handling_unit__isnull=False, acting_unit__isnull=False, leader__isnull=False)
                | Q(state=State.CONCLUDED, kind__in=NOT_LEADS),
                violation_error_message="分办后的线索须有承办部门和分管领导。",
            ),
            models.CheckConstraint(
                name="lead_amount_in_range",
                condition=Q(amount_fen=None) | Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
                violation_error_message="涉及金额不能为负数，也不能超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="lead_merged_into_another",
                condition=_iff(State.MERGED, "merged_into", empty=Q(merged_into=None))
                & (Q(merged_into=None) | ~Q(merged_into=F("id"))),
                violation_error_message="已合并的线索须写明并入另一件线索，未合并的不能写。",
            ),
            models.CheckConstraint(
                name="lead_forwarded_has_body",
                condition=~Q(state=State.FORWARDED) | ~Q(forwarded_to="") & Q(forwarded_on__isnull=False),
                violation_error_message="转出的线索须写明转往机关和转出日期。",
            ),
            models.CheckConstraint(
                name="lead_returned_with_reason",
                condition=Q(state=State.RETURNED, channel__in=HANDED_IN, returned_on__isnull=False)
                & ~Q(returned_to="")
                & ~Q(return_reason="")
                | ~Q(state=State.RETURNED) & Q(returned_to="", returned_on=None, return_reason=""),
                violation_error_message="退回须写明退回单位、日期和理由，只有其他单位移交或上级交来的可以退回。",
            ),
            models.CheckConstraint(
                name="lead_question_is_not_handled",
                condition=~Q(kind__in=NOT_LEADS) | Q(state__in=(*WITHOUT_UNIT, State.CONCLUDED)),
                violation_error_message="咨询求助和意见建议不作为问题线索分办。",
            ),
            models.CheckConstraint(
                name="lead_filed_is_dated",
                condition=~Q(state=State.CASE_FILED) | Q(filed_on__isnull=False),
                violation_error_message="立案的线索须有立案日期。",
            ),
            models.CheckConstraint(
                name="lead_held_has_review",
                condition=~Q(state=State.HELD) | Q(review_on__isnull=False),
                violation_error_message="暂存待查的线索须定下复核日期。",
            ),
            models.CheckConstraint(
                name="lead_dates_in_order",
                condition=(Q(concluded_on=None) | Q(concluded_on__gte=F("received_on")))
                & (Q(result_due_on=None) | Q(result_due_on__gte=F("received_on"))),
                violation_error_message="办结日期和报结果日期不能早于受理日期。",
            ),
        )

    def get_absolute_url(self) -> str:
        return page_of("lead", self.public_id)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """A question that waits is not waiting to be dispatched."""
        return (
            "待答复" if self.state == State.REGISTERED and not self.counts else str(State(self.state).label)
        )

    @property
    def title_for_list(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        """Whether statistics count it as a lead."""
        return self.kind not in NOT_LEADS

    @property
    def is_named(self) -> bool:
        return self.identity_status != IdentityStatus.ANONYMOUS

    @property
    def owes_report(self) -> bool:
        """交办 wants the result reported to who asked for it; not yet done, whether concluded or not."""
        return self.dispatch_mode == DispatchMode.ASSIGN and self.reported_on is None

    def scope_units(self, of_steps: list[int | None] | None = None) -> list[int]:
        below = of_steps or (self.steps.values_list("unit_id", flat=True) if self.pk else ())
        units = {self.registering_unit_id, self.handling_unit_id, self.acting_unit_id, *below}
        return [unit for unit in units if unit is not None]
