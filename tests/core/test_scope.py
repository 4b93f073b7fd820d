"""Which rows a post reaches: its region, its area (片区), its term — and nothing for anybody no rule names."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.models import Misuse
from povertyaudit.core import moment
from povertyaudit.core.context import request_id
from povertyaudit.core.models import Area, Post, Recusal, Region, Role
from povertyaudit.core.scope import prefix_of, prefix_range
from tests import factories
from tests.core.machines import machine
from tests.core.test_record import misuse

pytestmark = pytest.mark.django_db


def seen(user):
    return set(Misuse.objects.visible_to(factories.fresh(user)).values_list("region_id", flat=True))


@pytest.fixture
def rows(people):
    """One misuse in each of the county's two townships."""
    return {code: misuse(people.finance, region=code) for code in (factories.TOWN, factories.OTHER_TOWN)}


def test_an_area_narrows_the_county_to_its_townships(people, rows):
    area = Area.objects.create(name="河西片区", county_id=factories.QINGHE)
    area.regions.add(Region.objects.get(code=factories.TOWN))
    assert seen(people.inspector1) == {factories.TOWN, factories.OTHER_TOWN}
    Post.objects.filter(user=people.inspector1).update(area=area)
    assert seen(people.inspector1) == {factories.TOWN}


def test_a_post_reaches_from_its_first_day_to_its_last(people, rows):
    today, post = moment.today(), Post.objects.filter(user=people.inspector1)
    post.update(ends_on=today)
    assert seen(people.inspector1)
    post.update(ends_on=today - timedelta(days=1))
    assert not seen(people.inspector1)
    post.update(starts_on=today + timedelta(days=1), ends_on=None)
    assert not seen(people.inspector1)


def test_two_posts_see_what_either_sees(people, rows):
    town_only = factories.user(
        Role.LIAISON,
        unit=factories.unit("白杨乡人民政府", region=factories.OTHER_TOWN),
        region=factories.OTHER_TOWN,
    )
    assert not seen(town_only)
    Post.objects.create(
        user=town_only, unit=factories.unit("柳溪镇人民政府", region=factories.TOWN), role=Role.LIAISON,
        region_id=factories.TOWN, starts_on=moment.today(),
    )  # fmt: skip
    assert seen(town_only) == {factories.TOWN, factories.OTHER_TOWN}


def test_recusal_takes_a_row_away_from_every_account_of_the_person(people, rows):
    row = rows[factories.TOWN]
    Recusal.objects.create(
        person=people.inspector1.person,
        target_label="funds.misuse",
        target_id=row.pk,
        reason="亲属",
        declared_by=people.casemgr,
    )
    other = factories.user(
        Role.SUPERVISION, unit=factories.unit("第一监督检查室"), person=people.inspector1.person
    )
    assert seen(people.inspector1) == seen(other) == {factories.OTHER_TOWN}
    assert seen(people.inspector2) == {factories.TOWN, factories.OTHER_TOWN}


def test_a_recusal_written_a_moment_ago_hides_the_row_at_once(people, rows, client):
    """On the next request through page and API; within the request that wrote it; and in the middle of a task."""
    row, person = rows[factories.TOWN], people.inspector1.person
    page, address = row.get_absolute_url(), f"/api/v1/misuses/{row.public_id}/"
    client.force_login(people.inspector1)
    api = machine(people.inspector1)
    user = factories.fresh(people.inspector1)

    def recuse():
        return Recusal.objects.create(
            person=person,
            target_label="funds.misuse",
            target_id=row.pk,
            reason="亲属",
            declared_by=people.casemgr,
        )

    def found():
        return Misuse.objects.visible_to(user).filter(pk=row.pk).exists()

    def answers():
        return client.get(page).status_code, api.get(address).status_code

    assert answers() == (200, 200)
    recusal = recuse()
    assert answers() == (404, 404)
    Recusal.objects.filter(pk=recusal.pk).update(ended_at=moment.now())
    assert answers() == (200, 200)

    assert found()  # a task: nothing is remembered between two questions
    recusal = recuse()
    assert not found()
    Recusal.objects.filter(pk=recusal.pk).update(ended_at=moment.now())

    token = request_id.set("one-request")
    try:
        user = factories.fresh(people.inspector1)
        with CaptureQueriesContext(connection) as asked:
            assert found()
        assert not [q for q in asked.captured_queries if "funds_misuse" in q["sql"] and "recusal" in q["sql"]]
        recusal = recuse()
        assert not found()
        Recusal.objects.filter(pk=recusal.pk).delete()
        user = factories.fresh(people.inspector1)
        assert found()
        recusal.pk = None
        Recusal.objects.bulk_create([recusal])  # as for a merged matter
        assert not found()
    finally:
        request_id.reset(token)


@pytest.mark.parametrize(
    "name", ["neighbour", "neighbourofficial", "sysadmin", "secadmin", "auditor", "petition"]
)
def test_nobody_no_rule_names_sees_anything(people, rows, name):
    assert not seen(getattr(people, name))


def test_an_account_switched_off_sees_nothing(people, rows):
    people.finance.is_active = False
    people.finance.save()
    assert not seen(people.finance)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("990000000000", "99"), ("990100000000", "9901"), ("990101000000", "990101"), ("990101102000", "990101102"), ("990101102201", "990101102201")],
)  # fmt: skip
def test_a_code_reaches_what_begins_with_its_own_digits(code, prefix):
    assert prefix_of(code) == prefix
    low, high = prefix_range(code)
    assert low <= code < high
    assert not low <= "990201000000" < high or prefix == "99"
