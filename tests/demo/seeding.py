"""The demo county for tests: made on one day, and what another run on that day must tell again."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from cases.models import Lead
from povertyaudit.core.models import Clock
from rectification.models import Item

TODAY = date(2026, 11, 23)
LISTED = (
    "petition", "casemgr", "inspector1", "inspector2", "investigator", "adjudicator", "leader", "secretary",
    "patroloffice", "patrol1", "patrol2", "official", "unithead", "sector", "finance", "countyleader", "neighbour",
    "neighbourofficial", "sysadmin", "secadmin", "auditor", "ledgerclient",
)  # fmt: skip
whole = pytest.mark.skipif(not settings.SQLITE, reason="the whole year is told once, on SQLite")


def make():
    out = StringIO()
    call_command("seed_demo", today=TODAY, stdout=out)
    return out.getvalue()


def told():
    """What another run must tell again: numbers, matters, dates, states — not ids."""
    leads = Lead.objects.order_by("number").values_list(
        "number", "title", "state", "received_on", "handler__username"
    )
    items = Item.objects.order_by("number").values_list("number", "problem", "state", "due_on", "closed_on")
    return list(leads), list(items), sorted(Clock.objects.values_list("number", "code", "due_on", "state"))
