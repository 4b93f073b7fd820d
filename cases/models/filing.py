"""立案: the case a lead became, the persons filed on, what was returned at trial, and the money the case is about."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from cases.filing_querysets import CaseQuerySet
from cases.models.subjects import LeadSubject, PartQuerySet
from povertyaudit.core.cleaning import MAX_FEN
from povertyaudit.core.models import Row


class Case(Row):
    """案件: one to one to its lead, with its own number; cases and persons are numbered and counted apart."""

    dossier_path: ClassVar[str] = "lead"

    lead = models.OneToOneField("cases.Lead", models.PROTECT, related_name="case", verbose_name="问题线索")
    number = models.CharField("立案编号", max_length=40, unique=True)
    filed_on = models.DateField("立案日期")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        ordering = ("-filed_on", "-id")
        indexes = (models.Index(fields=("-filed_on", "-id"), name="case_filed"),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return self.lead.get_absolute_url()


class CasePerson(Row):
    """涉案人员: a person complained of who is filed on, by the party, by the state, or by both."""

    dossier_path: ClassVar[str] = "lead"

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="case_persons")
    subject = models.OneToOneField(
        LeadSubject, models.PROTECT, related_name="case_person", verbose_name="人员"
    )
    party_member = models.BooleanField("是否中共党员", null=True, blank=True)
    party_filed_on = models.DateField("党纪立案日期", null=True, blank=True)
    party_body = models.CharField("党纪立案机关", max_length=60, blank=True)
    state_filed_on = models.DateField("政务立案日期", null=True, blank=True)
    state_body = models.CharField("政务立案机关", max_length=60, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "立案人员"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="case_person_is_filed",
                condition=Q(party_filed_on__isnull=False) | Q(state_filed_on__isnull=False),
                violation_error_message="立案人员须有党纪立案或者政务立案的日期。",
            ),
            models.CheckConstraint(
                name="case_person_party_body",
                condition=Q(party_filed_on=None, party_body="")
                | Q(party_filed_on__isnull=False) & ~Q(party_body=""),
                violation_error_message="党纪立案须同时写明日期和机关。",
            ),
            models.CheckConstraint(
                name="case_person_state_body",
                condition=Q(state_filed_on=None, state_body="")
                | Q(state_filed_on__isnull=False) & ~Q(state_body=""),
                violation_error_message="政务立案须同时写明日期和机关。",
            ),
            models.CheckConstraint(
                name="case_person_party_member",
                condition=Q(party_filed_on=None) | ~Q(party_member=False),
                violation_error_message="不是中共党员的人员不能作党纪立案。",
            ),
        )

    def __str__(self) -> str:
        return self.subject.name


class TrialReturn(Row):
    """审理退回: for more evidence (the time is not counted) or to be investigated anew."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", "退回补充证据"
        AGAIN = "again", "退回重新审查调查"

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "answer"})

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="trial_returns")
    kind = models.CharField("退回方式", max_length=10, choices=Kind.choices)
    reason = models.TextField("退回理由")
    returned_on = models.DateField("退回日期")
    resubmitted_on = models.DateField("重新送审日期", null=True, blank=True)
    answer = models.TextField("补证情况", blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "审理退回"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="trial_return_one_open",
                fields=("lead",),
                condition=Q(kind="evidence", resubmitted_on=None),
                violation_error_message="该案已退回补证，尚未重新送审。",
            ),
            models.CheckConstraint(
                name="trial_return_in_order",
                condition=Q(resubmitted_on=None) | Q(resubmitted_on__gte=F("returned_on")),
                violation_error_message="重新送审日期不能早于退回日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.returned_on}"


class CaseMoney(Row):
    """涉案款物: what a person owes by the case, in 分, and what has come in. Settled in the funds ledger."""

    class Kind(models.TextChoices):
        COLLECTED = "collected", "收缴"
        CONFISCATED = "confiscated", "没收"
        REFUND = "refund", "责令退赔"
        HANDED_IN = "handed_in", "登记上交"
        RECOVERED = "recovered", "追缴"

    dossier_path: ClassVar[str] = "lead"

    lead = models.ForeignKey("cases.Lead", models.PROTECT, related_name="money")
    subject = models.ForeignKey(LeadSubject, models.PROTECT, related_name="money", verbose_name="人员")
    kind = models.CharField("方式", max_length=12, choices=Kind.choices)
    owed_fen = models.BigIntegerField("应缴金额（分）", validators=[MaxValueValidator(MAX_FEN)])
    taken_fen = models.BigIntegerField("已缴金额（分）", default=0)
    returned_fen = models.BigIntegerField("其中退还群众（分）", default=0)
    paper = models.CharField("文书或者凭证号", max_length=60)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "涉案款物"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="case_money_in_range",
                condition=Q(owed_fen__gte=1, owed_fen__lte=MAX_FEN),
                violation_error_message="应缴金额应大于 0，且不超过 10 万亿元。",
            ),
            models.CheckConstraint(
                name="case_money_taken_within_owed",
                condition=Q(taken_fen__gte=0, taken_fen__lte=F("owed_fen")),
                violation_error_message="已缴金额不能超过应缴金额。",
            ),
            models.CheckConstraint(
                name="case_money_returned_within_taken",
                condition=Q(returned_fen__gte=0, returned_fen__lte=F("taken_fen")),
                violation_error_message="退还群众的金额不能超过已缴金额。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject.name} {self.get_kind_display()}"

    @property
    def left_fen(self) -> int:
        """What is still to come in, in 分."""
        return self.owed_fen - self.taken_fen
