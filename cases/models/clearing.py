"""After a complaint proved unfounded: 澄清 for the person complained of, and 诬告陷害 found by a body of city level or above."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.clearing_querysets import ClarificationQuerySet, FalseAccusationQuerySet
from cases.models.choices import CloseKind
from cases.models.ending import EndingTerm
from cases.models.leads import Lead
from cases.models.subjects import LeadSubject
from povertyaudit.core.models import Dossier, User

# Endings that say the complaint was not true of the person (domain §1.4).
UNFOUNDED = (CloseKind.UNTRUE, CloseKind.TALK_ACCEPTED)


def _user(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=label
    )


class Clarification(Dossier):
    """澄清正名 for one person: proposed, agreed to, then read out or handed over, with those who were told."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "待实施"
        REFUSED = "refused", "不予澄清"
        DONE = "done", "已澄清"
        WITHDRAWN = "withdrawn", "已撤回"

    label_zh = "澄清"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"place", "text", "decision", "informed", "withdrawal"}
    )
    later_columns: ClassVar[frozenset[str]] = frozenset({"withdrawn_on", "withdrawal"})
    state_tones: ClassVar[dict[str, str]] = {
        "proposed": "wait", "approved": "open", "refused": "stop", "done": "done", "withdrawn": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="clarifications", verbose_name="问题线索")
    subject = models.ForeignKey(
        LeadSubject, models.PROTECT, related_name="clarifications", verbose_name="被反映人"
    )
    way = models.ForeignKey(EndingTerm, models.PROTECT, related_name="+", verbose_name="澄清方式")
    place = models.CharField("地点或者单位", max_length=100)
    text = models.TextField("澄清内容")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="提出人"
    )
    proposed_on = models.DateField("提出日期", editable=False)
    decided_by = _user("批准人")
    decided_on = models.DateField("批准日期", null=True, blank=True, editable=False)
    # What people write is editable: other texts are not compared with the vault (`core.secrecy`).
    decision = models.TextField("批准意见", blank=True)
    done_on = models.DateField("澄清日期", null=True, blank=True, editable=False)
    informed = models.CharField("知悉人员和范围", max_length=200, blank=True)
    recorded_by = _user("登记人")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True, editable=False)
    withdrawal = models.TextField("撤回的理由", blank=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = "澄清"
        ordering = ("-proposed_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=~Q(state__in=("refused", "withdrawn")), name="clarification_once_per_person",
                violation_error_message="这名被反映人已有一件澄清，请在那一件上办理。",
            ),
            models.CheckConstraint(
                name="clarification_decided_is_whole",
                condition=Q(state__in=("proposed", "withdrawn"), decided_by=None, decided_on=None)
                | ~Q(state="proposed") & Q(decided_by__isnull=False, decided_on__gte=F("proposed_on")),
                violation_error_message="审批须同时写明批准人和日期，日期不能早于提出。",
            ),
            models.CheckConstraint(
                name="clarification_two_persons",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="澄清的提出人和批准人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="clarification_done_is_whole",
                condition=Q(state="done", done_on__gte=F("decided_on"), recorded_by__isnull=False) & ~Q(informed="")
                | ~Q(state="done") & Q(done_on=None, recorded_by=None, informed=""),
                violation_error_message="澄清后须写明日期、知悉人员和登记人，日期不能早于批准。",
            ),
            models.CheckConstraint(
                name="clarification_withdrawn_is_whole",
                condition=Q(state="withdrawn", withdrawn_on__gte=F("proposed_on")) & ~Q(withdrawal="")
                | ~Q(state="withdrawn") & Q(withdrawn_on=None, withdrawal=""),
                violation_error_message="撤回澄清须写明日期和理由。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("clarification", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"为{self.subject.name}澄清"


class Finder(models.TextChoices):
    """检举控告规则: 诬告陷害 is found by a party committee or discipline body of 设区的市 level or above."""

    CITY = "city", "设区的市级"
    PROVINCE = "province", "省级"
    CENTRAL = "central", "中央"


class FalseAccusation(Dossier):
    """诬告陷害 under one lead. Proposed it has no effect; only what a higher body found, under its document, counts.

    It is about the lead. Who complained stands in the vault alone, and nothing here leads to him.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待报上级认定"
        SUBMITTED = "submitted", "已报待认定"
        CONFIRMED = "confirmed", "已认定"
        REJECTED = "rejected", "未认定"

    label_zh = "诬告陷害认定"
    recused_with: ClassVar[tuple[str, ...]] = ("lead",)
    personal_fields: ClassVar[frozenset[str]] = frozenset({"basis", "rejection"})
    state_tones: ClassVar[dict[str, str]] = {
        "proposed": "wait", "submitted": "open", "confirmed": "done", "rejected": "stop",
    }  # fmt: skip

    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="false_accusations", verbose_name="问题线索")
    basis = models.TextField("理由和依据")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, editable=False, related_name="+", verbose_name="提出人"
    )
    proposed_on = models.DateField("提出日期", editable=False)
    submitted_by = _user("同意上报的负责人")
    submitted_on = models.DateField("上报日期", null=True, blank=True, editable=False)
    level = models.CharField(
        "认定机关层级", max_length=10, choices=Finder.choices, blank=True, editable=False
    )
    body = models.CharField("认定机关", max_length=60, blank=True)
    document_number = models.CharField("认定文号", max_length=60, blank=True)
    document_on = models.DateField("认定日期", null=True, blank=True, editable=False)
    recorded_by = _user("登记人")
    rejected_on = models.DateField("未认定日期", null=True, blank=True, editable=False)
    rejection = models.TextField("未认定的理由", blank=True)

    objects = FalseAccusationQuerySet.as_manager()

    class Meta:
        verbose_name = "诬告陷害认定"
        ordering = ("-proposed_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("lead",), condition=~Q(state="rejected"), name="false_accusation_once_per_lead",
                violation_error_message="这件线索已经提出诬告陷害认定，请在那一件上办理。",
            ),
            models.CheckConstraint(
                name="false_accusation_submitted_is_whole",
                condition=Q(submitted_by=None, submitted_on=None, state__in=("proposed", "rejected"))
                | Q(submitted_by__isnull=False, submitted_on__gte=F("proposed_on")) & ~Q(state="proposed"),
                violation_error_message="上报须同时写明同意的负责人和日期。",
            ),
            models.CheckConstraint(
                name="false_accusation_two_persons",
                condition=Q(submitted_by=None) | ~Q(submitted_by=F("proposed_by")),
                violation_error_message="提出人和同意上报的负责人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="false_accusation_found_above",
                condition=Q(state="confirmed", level__in=Finder.values, document_on__gte=F("submitted_on"),
                            recorded_by__isnull=False) & ~Q(body="") & ~Q(document_number="")
                | ~Q(state="confirmed") & Q(level="", body="", document_number="", document_on=None),
                violation_error_message="认定须由设区的市级以上机关作出，并写明机关、文号和日期。",
            ),
            models.CheckConstraint(
                name="false_accusation_rejected_is_whole",
                condition=Q(state="rejected", rejected_on__gte=F("proposed_on")) & ~Q(rejection="")
                | ~Q(state="rejected") & Q(rejected_on=None, rejection=""),
                violation_error_message="未认定的须写明日期和理由。",
            ),
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("false_accusation", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return f"线索 {self.lead.number} 的诬告陷害认定"

    @property
    def stands(self) -> bool:
        """Whether it has any effect."""
        return self.state == self.State.CONFIRMED
