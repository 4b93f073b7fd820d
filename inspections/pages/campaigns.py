"""Figures of a campaign, each opening exactly its rows, as the reader may know them."""

from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import CaseMoney, Outcome
from inspections.models import Campaign, CampaignLead, Finding, Round, Stage
from povertyaudit.core.models import User


def figures(row: Campaign, user: User) -> dict[str, int]:
    """rounds, findings, and leads at each stage; sanctioned and transferred persons beside, and 已缴款物 in 分."""
    ties = CampaignLead.objects.visible_to(user).filter(campaign=row)
    outcomes = Outcome.objects.visible_to(user).decided().filter(lead__in=ties.values("lead"))
    found = {
        "rounds": Round.objects.visible_to(user).filter(campaign=row).count(),
        "findings": Finding.objects.visible_to(user).filter(round__campaign=row).count(),
    }
    found |= {stage: ties.at(stage, user).count() for stage in Stage.values}
    persons = Count("subject", distinct=True)
    found["persons_sanctioned"] = outcomes.sanctions().aggregate(n=persons)["n"]
    found["persons_transferred"] = outcomes.filter(kind="transfer").aggregate(n=persons)["n"]
    money = CaseMoney.objects.visible_to(user).filter(lead__in=ties.values("lead"))
    found["taken_fen"] = money.aggregate(n=Coalesce(Sum("taken_fen"), 0))["n"]
    return found


def linked(value: int, url: str, words: str = "") -> SafeString:
    """A figure that opens its rows."""
    return (
        format_html('<a href="{}">{}</a>{}', url, value, words)
        if value
        else format_html("{}{}", value, words)
    )


def by_point(row: Campaign, user: User) -> list[dict[str, Any]]:
    """Each point of the checklist with how many leads and findings stand under it."""
    ties = CampaignLead.objects.visible_to(user).filter(campaign=row)
    found = Finding.objects.visible_to(user).filter(round__campaign=row)
    counts = [
        dict(rows.order_by().values_list("point").annotate(n=Count("pk")).values_list("point", "n"))
        for rows in (ties, found)
    ]
    return [
        {
            "aspect": point.aspect, "text": point.text, "leads": counts[0].get(point.pk, 0),
            "findings": counts[1].get(point.pk, 0),
        }
        for point in row.points.all()
    ]  # fmt: skip
