"""日历订阅: dates without titles by a secret link that can be ended; a new password ends it too."""

import re

import pytest

from povertyaudit.core import accounts
from povertyaudit.core.models import AuditEntry
from povertyaudit.reporting.models import CalendarLink
from tests import factories
from tests.rectification import makers

pytestmark = pytest.mark.django_db


def link_of(client):
    page = client.post("/account/calendar/", {"act": "make"}).content.decode()
    return re.search(r"/calendar-feed/[\w-]+\.ics", page)[0]


def test_dates_leave_without_titles_until_the_link_is_ended(client, time_machine):
    time_machine.move_to("2026-09-20T09:00:00+08:00")
    cast = makers.people()
    item = makers.at(cast, "issued", problem="产业奖补资金滞留四个月")
    client.force_login(factories.fresh(cast.official))
    first = link_of(client)
    client.logout()
    answer = client.get(first)
    assert answer["Content-Type"].startswith("text/calendar")
    said = answer.content.decode().replace("\r\n ", "")
    assert item.number in said
    assert "滞留" not in said
    assert "国庆" in said
    assert max(len(line.encode()) for line in answer.content.decode().split("\r\n")) <= 75
    assert first not in str(CalendarLink.objects.values())
    client.force_login(factories.fresh(cast.official))
    second = link_of(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post("/account/calendar/", {"act": "revoke"})
    assert client.get(second).status_code == 404
    assert AuditEntry.objects.filter(verb__startswith="calendarlink.").count() == 3
    third = link_of(client)
    accounts.change_password(factories.fresh(cast.official), factories.PASSWORD, "another-word-2026")
    assert client.get(third).status_code == 404
