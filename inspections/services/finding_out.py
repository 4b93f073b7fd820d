"""What verbs of a round share: who may record, which object a unit is, which day is right."""

from datetime import date

from inspections.models import Round, RoundObject, TeamMember
from inspections.services.standing_aside import refuse_recused
from inspections.workflow.handed import of_the_round
from inspections.workflow.who import OFFICE
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Unit, User
from povertyaudit.core.scope import prefix_of


def may_record(user: User) -> bool:
    """Whether there may be a round this person works on: the office, and everybody named on a team."""
    return bool(user.roles & OFFICE) or TeamMember.objects.filter(user=user).exists()


def on_an_open_round(round_: Round, by: User) -> None:
    """Raise NotAllowed for whoever is not on the round, WrongState when it is closed (已办结)."""
    of_the_round(round_, by)
    if round_.state == Round.State.CLOSED:
        raise WrongState("round.closed", "该轮次已经办结，不能再登记。")


def about(round_: Round, unit: Unit, by: User, chosen: RoundObject | None = None) -> RoundObject | None:
    """The object of the round this unit is (or that of the finding `chosen`); None for a department that is only advised.

    Raises NotAllowed for whoever is not on the round or must stand aside from one of the two, WrongState on a closed round,
    RuleBroken for a foreign unit.
    """
    on_an_open_round(round_, by)
    if not unit.region_id.startswith(prefix_of(round_.region.county_code())):
        raise RuleBroken("round.unit", f"“{unit.name}”不在本轮次的地区，请重新选择。", field="unit")
    found: RoundObject | None = round_.round_objects.standing().filter(unit=unit).first() or chosen
    refuse_recused(found, by, chosen)
    return found


def not_after_today(day: date, least: date, field: str, what: str) -> None:
    """Raise RuleBroken unless `least` <= day <= today."""
    if not least <= day <= moment.today():
        text = f"{what}应不早于 {least}，也不晚于今天，请核对。"
        raise RuleBroken("round.day", text, field=field)


def open_to_units(round_: Round, what: str) -> None:
    """Nothing leaves a secret round: it would tell of it. Raises RuleBroken."""
    if round_.is_secret_now:
        raise RuleBroken("round.secret", f"该轮次结束前保密，结束后才能{what}。", field="round")
