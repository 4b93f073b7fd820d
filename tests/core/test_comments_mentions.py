"""工作批注: who is mentioned with @ is told once, and only of a record he sees."""

import pytest

from povertyaudit.core import comments
from povertyaudit.core.models import Recusal, Role
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import machine
from tests.core.test_comments import SAID, door, page, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    return Maker(people)("dispatched")


def test_who_is_mentioned_is_told_once_with_number_and_link_only(people, lead):
    text = f"{SAID}，@casemgr某 看一下，@casemgr某。@inspector1某"
    comments.write(lead, by=people.inspector1, text=text)
    (message,) = told(people.casemgr)
    assert (message.number, message.url) == (lead.number, f"{lead.get_absolute_url()}#comments")
    assert SAID not in message.text
    assert lead.title not in message.text
    assert told(people.inspector1) == []  # oneself
    assert "<b>@casemgr某</b>" in page(people.casemgr, lead)


def test_a_name_that_does_not_see_the_record_is_no_mention_and_the_author_is_told_so(people, lead):
    web = door(people.inspector1)
    text = "@neighbour某 @investigator某 @没有这个人 请看，@casemgr某"
    web.post(f"{lead.get_absolute_url()}comment/", {"text": text})
    seen = web.get(lead.get_absolute_url()).content.decode()
    assert "已通知casemgr某。" in seen
    for name in ("neighbour某", "investigator某", "没有这个人"):
        assert f"“@{name}”不在能看到这条批注的人员中，没有通知。" in seen
    assert not told(people.neighbour)
    assert not told(people.investigator)
    api = machine(people.inspector1)
    made = api.post(
        f"/api/v1/leads/{lead.public_id}/comments/", {"text": "@neighbour某"}, format="json"
    ).json()
    assert made["mentions"] == []
    assert made["not_told"] == ["“@neighbour某”不在能看到这条批注的人员中，没有通知。"]


def test_recused_or_outside_the_unit_is_not_mentioned(people, lead):
    Recusal.objects.create(
        person=people.inspector2.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.leader,
    )  # fmt: skip
    _, found = comments.write(lead, by=people.inspector1, text="@inspector2某")
    assert (found.people, told(people.inspector2)) == ([], [])
    _, found = comments.write(lead, by=people.inspector1, text="@casemgr某", own_unit_only=True)
    assert (found.people, told(people.casemgr)) == ([], [])


def test_of_two_with_one_name_the_unit_says_who(people, lead):
    other = factories.user(Role.CASE_MANAGER, unit=factories.unit("案管二室"), username="second")
    other.person.name = "casemgr某"
    other.person.save()
    _, found = comments.write(lead, by=people.inspector1, text="@casemgr某 请看")
    assert found.people == []
    assert "请写成“@casemgr某（单位）”" in found.not_told[0]
    _, found = comments.write(lead, by=people.inspector1, text="@casemgr某（案管二室） 请看")
    assert found.people == [other]


def test_the_longest_name_is_meant(people, lead):
    short = factories.user(Role.CASE_MANAGER, unit=people.casemgr.home.unit, username="short")
    short.person.name = "casemgr"
    short.person.save()
    _, found = comments.write(lead, by=people.inspector1, text="@casemgr某请看")
    assert found.people == [people.casemgr]


def test_the_list_under_an_at_sign_holds_only_people_who_see_this_record(people, lead):
    def listed(user, words):
        found = door(user).get(f"{lead.get_absolute_url()}mention/", {"q": words}).json()["results"]
        return {one["value"] for one in found}

    assert listed(people.inspector1, "某") == {
        "petition某",
        "casemgr某",
        "inspector2某",
        "leader某",
        "secretary某",
    }
    assert listed(people.inspector1, "neighbour") == set()
    assert listed(people.inspector1, "") == {"petition某", "casemgr某"}  # who had a hand in it
