"""Two 大督查 a year and a cross-visit every quarter: listed by the clock, reminded, closed by what shows them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.assessment.models import InspectionDuty
from povertyaudit.assessment.services import duties
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock
from tests.assessment import makers as make
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.inspections import field_makers as field
from tests.inspections import makers as rounds
from tests.rectification.makers import api
from tests.rectification.test_look_backs_doors import sent, text, web

pytestmark = pytest.mark.django_db


def test_the_rhythm_of_a_year(cast, client, time_machine):
    time_machine.move_to("2026-02-20T09:00:00+08:00")
    one = make.duty(cast, due_days=150, open_days=100)
    assert (one.first_day, one.due_on) == (date(2026, 1, 1), date(2026, 5, 30))
    assert duties.open_due(date(2026, 2, 21)) == 0
    assert duties.open_due(date(2026, 7, 1)) == 0  # of the second half year nothing is listed yet
    assert duties.open_due(date(2026, 8, 30)) == 1
    base = one.get_absolute_url()
    time_machine.move_to("2026-06-02T09:00:00+08:00")
    assert "待开展的督查" in text(cast.patroloffice, "/")
    assert "超期" in text(cast.patroloffice, "/inspection-duties/?tab=late")
    text(cast.unithead, base, 404)
    assert web(cast.unithead).get("/inspection-duties/").content.decode().count(one.number) == 0
    bare = post(web(cast.patroloffice), f"{base}fulfil/", {"done_on": "2026-06-01"})
    assert "至少一项" in bare.content.decode()
    with pytest.raises(NotAllowed, match="负责单位"):
        duties.fulfil(one, by=fresh(cast.petition), done_on=date(2026, 6, 1), paper="通报")
    hidden = rounds.round_(cast, "保密轮次", secret=True)
    with pytest.raises(RuleBroken, match="保密"):
        duties.fulfil(one, by=fresh(cast.patroloffice), done_on=date(2026, 6, 1), round=hidden)
    going = field.plan(cast)
    refused = api(client, cast.patroloffice).post(
        f"inspection-duties/{one.public_id}/fulfil/", {"done_on": "2026-06-01", "plan": going.public_id}
    )
    assert (refused.status_code, refused.json()["field"]) == (422, "plan")
    sent(cast.patroloffice, f"{base}fulfil/", done_on="2026-06-01", paper="督查通报第 1 期")
    clock = Clock.objects.of(one).get()
    assert (clock.state, clock.late_by) == ("stopped", 2)
    other = InspectionDuty.objects.get(state="open")
    waived = api(client, cast.leader).post(
        f"inspection-duties/{other.public_id}/waive/", {"note": "并入省里督查"}
    )
    assert waived.json()["state"] == "waived"
    with pytest.raises(IntegrityError, match="done_with_evidence"), transaction.atomic():
        InspectionDuty.objects.filter(pk=one.pk).update(paper="")


def test_a_rule_in_days_that_fits_its_period(cast):
    with pytest.raises(RuleBroken, match="不能更多"):
        make.duty(cast, cadence="quarter", due_days=150)
    with pytest.raises(RuleBroken, match="不能多于"):
        make.duty(cast, open_days=160)
