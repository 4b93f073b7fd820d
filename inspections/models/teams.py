"""Teams of a round (巡察组), who serves in them, and who must stand aside from which object."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inspections.models.named import Named, account_or_name
from inspections.models.rounds import Round
from inspections.querysets import RoundRecusalQuerySet
from povertyaudit.core.models import Row, Unit, User
from povertyaudit.core.scope import ScopedQuerySet


class Team(Row):
    """巡察组. Its leader is authorised for this round only (一次一授权)."""

    dossier_path: ClassVar[str] = "round"

    round = models.ForeignKey(Round, models.CASCADE, related_name="teams", verbose_name="轮次")
    name = models.CharField("组名", max_length=30)
    place = models.PositiveSmallIntegerField("次序", default=1)
    authorisation = models.CharField("组长授权决定", max_length=200, blank=True)
    repeat_reason = models.CharField("同一组长连续巡察同一对象的理由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察组"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                name="team_name_once_in_round",
                fields=("round", "name"),
                violation_error_message="本轮次已有同名的巡察组。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamMember(Named, Row):
    """巡察组成员. One authorisation per round: the leader of the last round need not lead this one.

    Borrowed staff may have no account; they do all but what is signed, and lead no team.
    """

    class Role(models.TextChoices):
        LEADER = "leader", "组长"
        DEPUTY = "deputy", "副组长"
        LIAISON = "liaison", "联络员"
        ENVOY = "envoy", "特派员"
        MEMBER = "member", "组员"

    dossier_path: ClassVar[str] = "round"
    later_columns: ClassVar[frozenset[str]] = frozenset(
        {"team_id", "home_unit_id", "seconded_from", "seconded_to", "declared_on", "name", "post_title"}
    )

    round = models.ForeignKey(Round, models.CASCADE, related_name="members", verbose_name="轮次")
    # Empty only for members named before 1.1.0: to fill it in would alter rows the record has a digest of.
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="members", verbose_name="巡察组"
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    role = models.CharField("组内职务", max_length=8, choices=Role.choices, default=Role.MEMBER)
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="派出单位"
    )
    seconded_from = models.DateField("抽调开始日期", null=True, blank=True)
    seconded_to = models.DateField("抽调结束日期", null=True, blank=True)
    declared_on = models.DateField("回避情况申报日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察组成员"
        constraints = (
            models.UniqueConstraint(fields=("round", "user"), name="member_once_per_round"),
            account_or_name("member_account_or_name"),
            models.UniqueConstraint(
                name="member_named_once_per_round",
                fields=("round", "name", "home_unit"),
                condition=Q(user=None),
                violation_error_message="同一个单位的这个人已编入本轮次。",
            ),
            models.CheckConstraint(
                name="member_leader_has_account",
                condition=~Q(role="leader") | Q(user__isnull=False),
                violation_error_message="组长要签字、决定回避，须有账号。",
            ),
            models.UniqueConstraint(
                name="team_has_one_leader",
                fields=("team",),
                condition=Q(role="leader", team__isnull=False),
                violation_error_message="一个巡察组只能有一名组长。",
            ),
            models.CheckConstraint(
                name="member_term_in_order",
                condition=Q(seconded_to=None)
                | Q(seconded_from__isnull=False, seconded_to__gte=F("seconded_from")),
                violation_error_message="抽调结束日期不能早于开始日期，并应一并填写开始日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.called} {self.get_role_display()}"


class RoundRecusal(Named, Row):
    """轮次回避: a member stands aside from one object, from the day he declares it until it is decided otherwise.

    What hides the object from him is a `core` Recusal; this row says why, and who decided. Of a member without an account
    there is nothing to hide: he is named with his unit.
    """

    class Ground(models.TextChoices):
        KIN = "kin", "亲属关系"
        HOME = "home", "家乡所在地"
        UNIT = "unit", "曾任职或者现任职单位"
        OTHER = "other", "其他可能影响公正的情形"

    class State(models.TextChoices):
        DECLARED = "declared", "已申报，待决定"
        GRANTED = "granted", "应当回避"
        REFUSED = "refused", "不需回避"
        LIFTED = "lifted", "已解除"

    dossier_path: ClassVar[str] = "round"
    personal_fields: ClassVar[frozenset[str]] = frozenset({"text", "name", "post_title"})
    later_columns: ClassVar[frozenset[str]] = frozenset({"name", "post_title", "home_unit_id"})
    state_tones: ClassVar[dict[str, str]] = {
        "declared": "wait", "granted": "warn", "refused": "plain", "lifted": "plain",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.CASCADE, related_name="recusals", verbose_name="轮次")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回避人员"
    )
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="派出单位"
    )
    object = models.ForeignKey(
        "inspections.RoundObject", models.PROTECT, related_name="recusals", verbose_name="巡察对象"
    )
    ground = models.CharField("回避情形", max_length=6, choices=Ground.choices)
    text = models.CharField("说明", max_length=300, blank=True)
    declared_on = models.DateField("申报日期")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DECLARED)

    objects = RoundRecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "轮次回避"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="round_recusal_once",
                fields=("user", "object"),
                condition=Q(state__in=("declared", "granted")),
                violation_error_message="该人员已申报回避这个巡察对象。",
            ),
            account_or_name("recusal_account_or_name"),
            models.UniqueConstraint(
                name="round_recusal_named_once",
                fields=("name", "home_unit", "object"),
                condition=Q(user=None, state__in=("declared", "granted")),
                violation_error_message="该人员已申报回避这个巡察对象。",
            ),
            models.CheckConstraint(
                name="round_recusal_decided",
                condition=Q(state="declared", decided_by=None, decided_on=None)
                | Q(
                    state__in=("granted", "refused", "lifted"),
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
                violation_error_message="已决定的回避应有决定人和决定日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.called} 回避{self.object}"
