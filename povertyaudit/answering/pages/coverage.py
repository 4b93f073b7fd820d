"""Figures of the board of village teams, township by township; one question a figure, in scope."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr

from povertyaudit.answering.models import Letter, Responsibility
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.services.standing import (
    months_back,
    wanted_days,
    with_team,
    without_first_secretary,
)
from povertyaudit.core import moment
from povertyaudit.core.models import Region, User

TOWN = 9  # digits of a region code that name the township


def counted(user: User) -> dict[str, Counter[str]]:
    """Nine digits of the township → its figures of today."""
    today = moment.today()
    regions = Region.objects.visible_to(user)
    terms = Responsibility.objects.visible_to(user)
    teams = terms.teams()
    questions: dict[str, tuple[Any, str]] = {
        "villages": (with_team(regions), "code"),
        "without": (without_first_secretary(regions, today), "code"),
        "ending": (teams.ending(today, amount("remind_days")), "region_id"),
        "expired": (teams.expired(today), "region_id"),
        "short": (terms.short_for(months_back(today), wanted_days(today)), "region_id"),
        "unsigned": (Letter.objects.visible_to(user).unsigned().filter(year=today.year), "region_id"),
    }
    found: dict[str, Counter[str]] = {}
    for name, (rows, path) in questions.items():
        towns = rows.order_by().annotate(town=Substr(path, 1, TOWN)).values("town").annotate(n=Count("pk"))
        for one in towns:
            found.setdefault(one["town"], Counter())[name] = one["n"]
    return found


def names(towns: Any) -> dict[str, str]:
    """Nine digits → what the township (or the county) is called."""
    rows = Region.objects.filter(code__in=[town.ljust(12, "0") for town in towns])
    return {code[:TOWN]: str(name) for code, name in rows.values_list("code", "name")}
