"""Figures of the board of 村务公开, township by township."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Substr

from funds.models import VillageSheet
from funds.village_querysets import HANDED_IN, TO_FILL, TOWN_DIGITS
from povertyaudit.core import moment
from povertyaudit.core.models import Region, User

IN_A_ROW = 2  # months, from which a village is listed as lacking again and again


def counted(user: User, month: date) -> dict[str, Counter[str]]:
    """Nine digits of the township → its figures of the month (all, complete, missed, gapped, unchecked), and of today:
    how many villages lack months in a row (runs), the longest. One question each, in scope."""
    seen, today = VillageSheet.objects.visible_to(user), moment.today()
    rows = seen.filter(month=month).order_by().annotate(town=Substr("region_id", 1, TOWN_DIGITS)).values("town").annotate(
        all=Count("pk"), complete=Count("pk", filter=Q(state__in=HANDED_IN, gaps=0)),
        missed=Count("pk", filter=Q(state__in=TO_FILL, due_on__lt=today)),
        gapped=Count("pk", filter=Q(state__in=HANDED_IN, gaps__gt=0)),
        unchecked=Count("pk", filter=Q(state="submitted")),
    )  # fmt: skip
    found = {one.pop("town"): Counter(one) for one in rows}
    for one in seen.runs(today, IN_A_ROW):
        if (town := one["region_id"][:TOWN_DIGITS]) in found:
            found[town]["runs"] += 1
            found[town]["longest"] = max(found[town]["longest"], one["run"])
    return found


def names(towns: Iterable[str]) -> dict[str, str]:
    """Nine digits → what the township is called."""
    rows = Region.objects.filter(code__in=[town.ljust(12, "0") for town in towns])
    return {code[:TOWN_DIGITS]: str(name) for code, name in rows.values_list("code", "name")}
