"""What a row of a suspicion must always keep, as the database holds it."""

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.cleaning import MAX_FEN

_VISITED = Q(visited_on__isnull=False) & ~Q(finding="")
_CHECKED = Q(desk_by__isnull=False, desk_on__isnull=False, responsible_unit__isnull=False) & ~Q(desk_text="")
_DECIDED = Q(decided_by__isnull=False, decided_on__isnull=False)
_OPEN = Q(decided_by=None, decided_on=None, excuse=None, fix="", lead=None)

SUSPICION_CONSTRAINTS = (
    models.UniqueConstraint(
        name="suspicion_person_once", fields=("match_list", "id_key"),
        violation_error_message="同一人在一份清单中只有一个疑点。",
    ),
    models.CheckConstraint(
        name="suspicion_amount_in_range",
        condition=Q(amount_fen=None) | Q(amount_fen__gte=0, amount_fen__lte=MAX_FEN),
        violation_error_message="金额应在 0 和 10 万亿元之间。",
    ),
    models.CheckConstraint(
        name="suspicion_state_is_whole",
        condition=Q(state="imported", desk_by=None, desk_on=None, visited_on=None) & _OPEN
        | Q(state="desk_checked", visited_on=None) & _CHECKED & _OPEN
        | Q(state="visited") & _CHECKED & _VISITED & _OPEN
        | Q(state="cleared", excuse__isnull=False, fix="", lead=None) & _CHECKED & _DECIDED
        | Q(state="corrected", excuse=None, lead=None) & ~Q(fix="") & _CHECKED & _VISITED & _DECIDED
        | Q(state="lead", excuse=None, fix="", lead__isnull=False) & _CHECKED & _VISITED & _DECIDED,
        violation_error_message="疑点到哪一步，就应有那一步的核查人、日期和结论。",
    ),
    models.CheckConstraint(
        name="suspicion_cleared_after_visit",
        condition=~Q(state="cleared") | Q(visit_waived=True) | _VISITED,
        violation_error_message="没有入户核查的，只能用不需要入户的理由排除。",
    ),
    models.CheckConstraint(
        name="suspicion_cleared_by_another",
        condition=~Q(state="cleared") | ~Q(decided_by=F("desk_by")),
        violation_error_message="案头核查的人不能自己排除疑点。",
    ),
    models.CheckConstraint(
        name="suspicion_two_visitors",
        condition=Q(visited_on=None) | ~Q(visitor="") & ~Q(visitor2="") & ~Q(visitor=F("visitor2")),
        violation_error_message="入户核查应有两名不同的核查人。",
    ),
    models.CheckConstraint(
        name="suspicion_days_in_order",
        condition=(Q(visited_on=None) | Q(visited_on__gte=F("desk_on")))
        & (Q(decided_on=None) | Q(decided_on__gte=F("desk_on")))
        & (Q(decided_on=None) | Q(visited_on=None) | Q(decided_on__gte=F("visited_on"))),
        violation_error_message="日期应按案头核查、入户核查、处理的先后。",
    ),
    models.CheckConstraint(
        name="suspicion_fix_has_sum",
        condition=Q(fix_fen=None) & ~Q(fix="refunded")
        | Q(fix_fen__isnull=False, fix_fen__gte=1, fix_fen__lte=MAX_FEN) & ~Q(fix=""),
        violation_error_message="退款的应写明金额；金额应大于 0，且不超过 10 万亿元。",
    ),
    models.CheckConstraint(
        name="suspicion_position_is_whole",
        condition=Q(latitude=None, longitude=None)
        | Q(latitude__isnull=False, longitude__isnull=False)
        & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
        violation_error_message="定位应同时有纬度和经度，且在正常范围以内。",
    ),
    models.CheckConstraint(
        name="suspicion_has_number", condition=Q(number__isnull=False),
        violation_error_message="疑点应有编号。",
    ),
)  # fmt: skip
