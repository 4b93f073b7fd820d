"""Figures of the page of a round, each followed to the list it opens."""

import html
import re

from django.test import Client

from povertyaudit.core.models import User


def figures_open_their_rows(row):
    """The page of the round tells what came of its leads to who may know of them, and to nobody else."""
    page = page_of("casemgr", row.get_absolute_url())
    told = {
        "立案": (10, 10),
        "党纪政务处分": (9, 9),
        "问责": (29, 1),
        "问责单位": (2, 1),
        "移送检察机关": (1, 1),
    }
    for label, (figure, rows) in told.items():
        found = re.search(
            rf"<dt[^>]*>\s*{label}\s*</dt>\s*<dd[^>]*>\s*<a href=\"([^\"]+)\">{figure}</a>", page
        )
        assert found, label
        assert f"共 {rows} " in page_of("casemgr", html.unescape(found[1]))
    assert "移送检察机关" not in page_of("patroloffice", row.get_absolute_url())


def page_of(who, address):
    client = Client()
    client.force_login(User.objects.get(username=who))
    return client.get(address).content.decode()
