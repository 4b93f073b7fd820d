"""Many leads at once: judged by the same rules as one, with no query a row, and with what was declared by anybody."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Category, Lead
from cases.services import declaring
from cases.services.registering_many import Registering
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import Recusal, Region, TermQuerySet
from povertyaudit.core.models.terms import Days
from povertyaudit.core.verify import verify
from povertyaudit.sheets import kinds, services
from tests import factories
from tests.imports.makers import book
from tests.written import written

pytestmark = pytest.mark.django_db
HEADS = ("来源", "受理时间", "属地", "问题类别", "标题", "主要问题", "被反映人姓名")


def leads(count, **more):
    """Values of leads of as many days, of two categories."""
    kinds = list(Category.objects.on().filter(axis="corruption")[:2])
    place = Region.objects.get(code=factories.VILLAGE)
    for n in range(count):
        yield {
            "channel": "letter", "kind": "complaint", "identity_status": "claimed", "received_on": date(2026, 1, 2) + timedelta(n),
            "region": place, "category": kinds[n % 2], "title": f"反映第{n}件", "text": "文", "check_note": "",
            "subjects": [{"name": f"柏{n}", "unit_text": "村委会", "post_text": ""}], **more,
        }  # fmt: skip


def queries(do, *given):
    with CaptureQueriesContext(connection) as asked:
        found = do(*given)
    assert not any(isinstance(one, DomainError) for one in found), found
    return len(asked)


def test_no_row_asks_the_database_by_itself(people):
    run = Registering(factories.fresh(people.petition))
    assert queries(run.judged, list(leads(40))) <= 4
    few, many = (queries(Registering(factories.fresh(people.petition)).made, list(leads(n))) for n in (5, 40))
    days = (
        35 * 2
    )  # a period is counted once for each day it may begin on: which rule was in force, for two periods
    assert many - few <= days + 3
    again = queries(run.made, list(leads(40)))
    assert again <= few + days + 3
    assert queries(run.made, list(leads(40))) < 45  # what was read for one batch serves the next
    assert Lead.objects.count() == 125
    assert verify().broken == []


AWKWARD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf")), min_size=1, max_size=30
)
LINE = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(("superior", "handover", "media")),
        "kind": st.sampled_from(("", "complaint", "appeal", "suggestion")),
        "identity_status": st.sampled_from(("anonymous", "claimed")),
        "received_on": st.dates(date(2025, 1, 1), date(2026, 1, 5)),
        "title": AWKWARD, "text": AWKWARD, "check_note": st.sampled_from(("", "经核对无误")), "persons": st.sampled_from(("", "柏某", "柏某、石某，罗某")),
        "unit_text": st.one_of(st.just(""), AWKWARD), "amount_fen": st.sampled_from((None, 0, 150_00)),
        "later": st.sampled_from((None, 0, 40)), "style": st.booleans(),
    }
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=2, max_size=4))
def test_a_list_leaves_what_each_lead_registered_by_itself_leaves(people, lines):
    """Row by row, in every table: the lead, its persons, entries with their values and chains, clocks, change rows."""
    by = factories.fresh(people.casemgr)
    terms = {axis: Category.objects.on().filter(axis=axis).first() for axis in ("corruption", "style")}
    place = Region.objects.get(code=factories.VILLAGE)
    given_values = []
    for line in lines:
        said, later, style = dict(line), line["later"], line["style"]
        said |= {
            "region": place, "category": None if style else terms["corruption"], "style": terms["style"] if style else None,
            "result_due_on": None if later is None else said["received_on"] + timedelta(later), "post_text": "",
        }  # fmt: skip
        given_values.append({k: v for k, v in said.items() if k not in ("later",)})
    with transaction.atomic():
        singly = [kinds.leads.register(by=by, **values) for values in given_values]
        together = kinds.leads.Together(by).made(given_values)
        for one, other in zip(singly, together, strict=True):
            assert written(one) == written(other)
        assert verify().broken == []
        transaction.set_rollback(True)


def test_a_tie_of_the_registrars_own_is_refused_when_the_list_is_looked_through(people):
    declaring.declare(by=factories.fresh(people.petition), kind="kin", name="柏某", relation="兄")
    declaring.declare(by=factories.fresh(people.casemgr), kind="kin", name="石某", relation="兄")
    category = Category.objects.on().filter(axis="corruption").first().name
    line = ("来信", "2026-01-05", "柳溪镇石桥坳村", category, "反映第{}件", "文", "{}")
    rows = [[cell.format(n, name) if cell in line[-3:] else cell for cell in line[:4]] + [f"反映第{n}件", "文", name]
            for n, name in enumerate(("柏某", "石某", "罗某"))]  # fmt: skip
    row = services.take_in(by=factories.fresh(people.petition), kind="leads", file=book(HEADS, *rows))
    assert (row.rows_new, row.rows_refused) == (2, 1)
    assert "应当回避" in str(row.rows.refused().get().problems)
    services.bring_in(row, by=factories.fresh(people.petition), without_refused=True)
    assert Lead.objects.count() == 2
    told = Recusal.objects.get()
    assert (told.person_id, told.target_id) == (
        people.casemgr.person_id,
        Lead.objects.get(title="反映第1件").pk,
    )


def test_terms_read_once_say_of_every_day_what_the_database_says():
    one = Category.objects.on().first()
    Category.objects.filter(pk=one.pk).update(valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    Category.objects.create(
        axis=one.axis, code=one.code, name="新名", valid_from=date(2026, 3, 1), order=one.order, act="rename"
    )
    days = Days(Category.objects.all())
    assert isinstance(Category.objects.all(), TermQuerySet)
    for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), date(2099, 1, 1)):
        for term in Category.objects.all():
            assert days.of_day(term, day) == Category.objects.of_day(term, day), (term, day)
