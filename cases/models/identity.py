"""申请查看反映人: a reader asks, a second person decides, and one reader may look for a while."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.roles import LEADERS
from povertyaudit.core import moment
from povertyaudit.core.models import Person, Row, User
from povertyaudit.core.scope import ScopedQuerySet, region_under

# Whose posts decide (分管领导, 主要负责人); of which body, says `workflow.identity.decides`.


class RequestState(models.TextChoices):
    REQUESTED = "requested", "待审批"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    ENDED = "ended", "已结束"


class IdentityRequestQuerySet(ScopedQuerySet):
    """Seen, of the leads one sees, by who asked, by the desk that keeps the identity, and by those who may decide."""

    def visible_to(self, user: Any) -> Self:
        found = super().visible_to(user)
        if not getattr(user, "is_authenticated", False):
            return found
        if user.roles & LEADERS:
            return found
        return found.filter(Q(requested_by=user) | Q(lead__registering_unit__in=user.unit_ids))

    def for_list(self) -> Self:
        return self.select_related(
            "lead__registering_unit",
            "lead__region",
            "requested_by__person",
            "decided_by__person",
            "requester",
        )

    def waiting_for(self, user: User) -> Self:
        """Requests this user may decide: of his body, and not his own."""
        of_body = Q(pk__in=())
        for post in user.current_posts():
            if post.role in LEADERS:
                body = post.region_id[:6].ljust(12, "0")
                of_body |= region_under("lead__registering_unit__region_id", body)
        return self.filter(of_body, state=RequestState.REQUESTED).exclude(requester=user.person_id)


class IdentityRequest(Row):
    """One request for one reader. It lives and ends with the lead being in his sight."""

    dossier_path: ClassVar[str] = "lead"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"reason", "decision"})
    state_tones: ClassVar[dict[str, str]] = {
        "requested": "wait", "approved": "open", "refused": "stop", "ended": "plain",
    }  # fmt: skip

    lead = models.ForeignKey(
        "cases.Lead", models.PROTECT, related_name="identity_requests", verbose_name="问题线索"
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requester = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="申请人（自然人）", editable=False
    )
    reason = models.CharField("查看事由", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED, editable=False
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decider = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人（自然人）",
        editable=False,
    )  # fmt: skip
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision = models.TextField("审批意见", blank=True)
    expires_at = models.DateTimeField("可查看至", null=True, blank=True)

    objects = IdentityRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "查看反映人申请"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("lead", "requester"), condition=Q(state=RequestState.REQUESTED), name="identity_asked_once",
                violation_error_message="您已经提出申请，正在等待审批。",
            ),
            models.CheckConstraint(
                name="identity_two_persons",
                condition=Q(decider=None) | ~Q(decider=F("requester")),
                violation_error_message="申请人和审批人不能是同一个人。",
            ),
            models.CheckConstraint(
                name="identity_decided_is_whole",
                condition=Q(state=RequestState.REQUESTED, decider=None, decided_by=None, decided_at=None)
                | ~Q(state=RequestState.REQUESTED)
                & Q(decider__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                | Q(state=RequestState.ENDED, decider=None, decided_by=None, decided_at=None),
                violation_error_message="审批须同时写明审批人和时间。",
            ),
            models.CheckConstraint(
                name="identity_reads_for_a_while",
                condition=Q(state=RequestState.APPROVED, expires_at__isnull=False, expires_at__gt=F("decided_at"))
                | Q(state=RequestState.ENDED)
                | Q(state__in=(RequestState.REQUESTED, RequestState.REFUSED), expires_at=None),
                violation_error_message="批准查看须定下截止时间。",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lead} 查看反映人申请"

    def get_absolute_url(self) -> str:
        return reverse("identity_request", kwargs={"id": self.public_id})

    @property
    def title(self) -> str:
        return "查看反映人申请"

    @property
    def number(self) -> str:
        """The lead's, whose identity it is about."""
        return self.lead.number or ""

    @property
    def region_id(self) -> str:
        return self.lead.region_id

    @property
    def open_now(self) -> bool:
        """Whether its reader may look at this moment; the server's clock decides."""
        return (
            self.state == RequestState.APPROVED
            and self.expires_at is not None
            and moment.now() < self.expires_at
        )

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.state == RequestState.ENDED and self.decided_at is None:
            return "已撤回"
        ended = self.state == RequestState.APPROVED and not self.open_now
        return "已到期" if ended else str(self.get_state_display())
