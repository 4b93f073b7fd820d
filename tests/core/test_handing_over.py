"""工作移交: one act passes on what stands in a person's name, ends his posts and signs him out; history stays."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import Lead
from inspections.models import Round
from povertyaudit.core import expiring, handing_over
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken
from povertyaudit.core.models import AuditEntry, Clock, Notification, Recusal, Unit
from rectification.models import Item, ItemSignature
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_sign_ins import sign_in, works
from tests.core.test_tokens import call, take
from tests.inspections.makers import round_
from tests.rectification import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    return Maker(people)("signed_for")


def hand_over(people, account, **values):
    return handing_over.hand_over(factories.fresh(account), by=people.secadmin, **values)


def colleague(role, unit, username):
    return factories.user(role, unit=Unit.objects.get(name=unit), username=username)


def recused(user, row):
    label = row._meta.label_lower
    Recusal.objects.create(
        person=user.person, target_label=label, target_id=row.pk, reason="亲属", declared_by=user
    )


def entries(row, verb):
    return AuditEntry.objects.of(row).filter(verb=verb).count()


def test_leads_go_over_with_their_reminders_and_each_says_so_once(people, lead):
    other = Maker(people)("in_step")
    done = hand_over(people, people.inspector1, successor=people.inspector2, note="调任")
    for row in (lead, other):
        assert Lead.objects.get(pk=row.pk).handler == people.inspector2
        assert entries(row, "lead.hand_over") == 1
    assert not Clock.objects.open().filter(owner_user=people.inspector1).exists()
    assert Clock.objects.open().filter(owner_user=people.inspector2).exists()
    entry = AuditEntry.objects.of(people.inspector1).get(verb="account.hand_over")
    assert entry.changes["moved"] == {"inspector2": {"承办的问题线索": 2}}
    assert done.handed == {people.inspector2: {"承办的问题线索": 2}}


def test_the_successor_gets_one_message_with_numbers_only(people, lead):
    before = Notification.objects.filter(user=people.inspector2).count()
    Maker(people)("in_step")
    hand_over(people, people.inspector1, successor=people.inspector2)
    told = Notification.objects.filter(user=people.inspector2).order_by("pk")[before:]
    assert [message.text for message in told if message.kind == "account"] == [
        "同岗位人员离任，其未办结的工作已移交给您：承办的问题线索 2 件。请在“我的工作”中查看。"
    ]


def test_the_person_is_out_at_once_and_his_deeds_stay(people, lead):
    here, token = sign_in("inspector1"), take("inspector1").json()["token"]
    deeds = list(AuditEntry.objects.of(lead).values_list("pk", "actor"))
    hand_over(people, people.inspector1, successor=people.inspector2)
    assert (works(here), call(token)) == (False, 401)
    assert factories.fresh(people.inspector1).state == "waiting"
    assert list(AuditEntry.objects.of(lead).values_list("pk", "actor"))[: len(deeds)] == deeds
    assert lead.dispatches.get().signed_for_by == people.inspector1


def test_the_person_may_stay_until_a_later_day(people, lead):
    here, until = sign_in("inspector1"), timezone.localdate() + timedelta(days=10)
    hand_over(people, people.inspector1, successor=people.inspector2, until=until)
    assert works(here)
    assert Lead.objects.get(pk=lead.pk).handler == people.inspector2
    assert people.inspector1.posts.get().ends_on == until
    with pytest.raises(RuleBroken, match="不能早于今天"):
        hand_over(people, people.inspector1, successor=people.inspector2, until=date(2020, 1, 1))


def test_a_lead_the_successor_is_recused_from_stays_and_the_registry_is_told(people, lead):
    other = Maker(people)("in_step")
    recused(people.inspector2, other)
    done = hand_over(people, people.inspector1, successor=people.inspector2)
    assert Lead.objects.get(pk=lead.pk).handler == people.inspector2
    assert Lead.objects.get(pk=other.pk).handler == people.inspector1
    assert done.kept == {"承办的问题线索": 1}
    told = Notification.objects.get(user=people.casemgr, kind="lead.not_handed_over")
    assert other.number in told.text
    assert "请另行指定" in told.text
    assert not Clock.objects.open().filter(target_id=other.pk, owner_user=people.inspector2).exists()


def test_leads_go_over_with_the_leaders_post(people, lead):
    second = colleague("deputy", "县纪委监委", "leader2")
    hand_over(people, people.leader, successor=second)
    assert Lead.objects.get(pk=lead.pk).leader == second
    assert not Clock.objects.open().filter(leader_user=people.leader).exists()


def test_items_go_over_with_the_county_leader_and_signatures_hold(people):
    cast = makers.people()
    item = makers.at(cast, "sector_reviewed", leading_leader=people.countyleader)
    second = colleague("county_leader", "县人民政府", "countyleader2")
    hand_over(people, people.countyleader, successor=second)
    assert Item.objects.get(pk=item.pk).leading_leader == second
    assert not ItemSignature.objects.filter(item=item).exclude(voided_at=None).exists()


def test_a_place_in_a_team_goes_over_with_its_duty(people):
    team = round_(people)
    second = colleague("patrol_team", "县委巡察一组", "patrol9")
    done = hand_over(people, people.patrol1, successor=second)
    assert [(m.user, m.role) for m in team.members.all()] == [(second, "leader")]
    assert done.handed == {second: {"参加的巡察轮次": 1}}


def test_a_secret_round_goes_over_without_a_trace_for_the_officers(people, client):
    plan = round_(people, "机动巡察", secret=True)
    second = colleague("patrol_team", "县委巡察一组", "patrol9")
    client.force_login(people.secadmin)
    url = f"{people.patrol1.get_absolute_url()}hand_over/"
    assert "没有" in client.get(url).content.decode()
    done = hand_over(people, people.patrol1, successor=second)
    assert done.handed == {second: {}}
    assert plan.members.get().user == second
    seen = AuditEntry.objects.of(people.patrol1).get(verb="account.hand_over")
    assert "巡察轮次" not in str(seen.changes)
    assert "机动巡察" not in client.get(people.patrol1.get_absolute_url()).content.decode()
    told = Notification.objects.get(user=second, kind="account")
    assert "巡察" not in told.text


def test_who_ordered_a_secret_round_stays_and_his_successor_can_finish_it(people):
    plan = round_(people, "机动巡察", secret=True)
    second = colleague("patrol_office", "县委巡察办", "patroloffice9")
    hand_over(people, people.patroloffice, successor=second)
    assert Round.objects.get(pk=plan.pk).ordered_by == people.patroloffice
    assert Round.objects.visible_to(second).filter(pk=plan.pk).exists()


@pytest.mark.parametrize("secret", [False, True])
def test_a_post_of_the_patrol_always_needs_a_successor_so_that_asking_tells_nothing(people, secret):
    if secret:
        round_(people, "机动巡察", secret=True)
    with pytest.raises(RuleBroken) as refused:
        hand_over(people, people.patrol1)
    assert str(refused.value).endswith("没有同单位同岗位的在任人员，请先给接任人授予任职。")


def test_the_successor_holds_the_same_post_in_the_same_unit(people, lead):
    for wrong in (people.investigator, people.inspector1, people.secadmin):
        with pytest.raises(RuleBroken) as refused:
            hand_over(people, people.inspector1, successor=wrong)
        assert refused.value.code == "hand_over.other_post"
    with pytest.raises(RuleBroken, match="还有 1 件工作，请选择接任人"):
        hand_over(people, people.inspector1)
    assert Lead.objects.get(pk=lead.pk).handler == people.inspector1
    assert people.inspector1.posts.current().exists()


def test_of_two_posts_each_has_its_successor_or_nothing_is_moved(people, lead):
    second = colleague("deputy", "县纪委监委", "leader2")
    both = factories.fresh(people.inspector1)
    both.posts.create(unit=Unit.objects.get(name="县纪委监委"), role="deputy", region_id=factories.QINGHE,
                      starts_on=date(2020, 1, 1))  # fmt: skip
    room, led = both.posts.order_by("pk")
    with pytest.raises(DomainError):
        hand_over(people, both, successor=people.inspector2)
    pairs = [{"post": room, "successor": people.inspector2}, {"post": led, "successor": second}]
    hand_over(people, both, successors=pairs)
    assert Lead.objects.get(pk=lead.pk).handler == people.inspector2
    assert not both.posts.current().exists()


def test_an_officer_leaves_without_a_successor(people):
    leaving = colleague("auditor", "县纪委监委办公室", "auditor2")
    hand_over(people, leaving)
    assert not leaving.posts.current().exists()
    for name in ("sysadmin", "auditor", "casemgr"):
        with pytest.raises(NotAllowed):
            handing_over.hand_over(people.finance, by=getattr(people, name))


def test_the_page_shows_numbers_and_hands_over(people, lead, client):
    recused(people.inspector2, lead)
    client.force_login(people.secadmin)
    url = f"{people.inspector1.get_absolute_url()}hand_over/"
    page = client.get(url).content.decode()
    assert "承办的问题线索" in page
    assert "1 件" in page
    assert "其中 1 件应当回避" in page
    assert lead.number not in page
    post = people.inspector1.posts.get()
    answer = client.post(url, {f"post_{post.public_id}": "inspector2"}, follow=True)
    assert "1 件因接任人应当回避没有移交" in answer.content.decode()


def test_ending_the_last_post_offers_handing_over_first(people, lead, client):
    client.force_login(people.secadmin)
    page = client.get(f"{people.inspector1.get_absolute_url()}end_post/").content.decode()
    assert "还有 1 件未办结的工作，请先移交" in page


def test_machines_hand_over_too(people, lead):
    officer, at = machine(people.secadmin), f"{API}accounts/{people.inspector1.public_id}/"
    piles = officer.get(f"{at}open_work/").json()
    assert [(pile["counts"], pile["candidates"]) for pile in piles] == [
        ({"承办的问题线索": 1}, ["inspector2"])
    ]
    assert_refusal(officer.post(f"{at}hand_over/", {}, format="json"), 422)
    assert_refusal(machine(people.sysadmin).post(f"{at}hand_over/", {}, format="json"), 403)
    assert machine(people.casemgr).post(f"{at}hand_over/", {}, format="json").status_code == 404
    body = {"successors": [{"post": "1", "successor": "inspector2"}], "note": "调任"}
    answer = officer.post(f"{at}hand_over/", body, format="json")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["posts"] == []
    assert Lead.objects.get(pk=lead.pk).handler == people.inspector2


def test_the_one_time_password_comes_once_over_rest(people):
    officer = machine(people.sysadmin)
    body = {"username": "newclerk", "name": "温砚秋"}
    first = officer.post(f"{API}accounts/", body, format="json", headers={"Idempotency-Key": "k1"})
    again = officer.post(f"{API}accounts/", body, format="json", headers={"Idempotency-Key": "k1"})
    assert first.status_code == again.status_code == 201
    assert len(first.json()["one_time_password"]) == 19
    assert "one_time_password" not in again.json()
    assert_refusal(machine(people.secadmin).post(f"{API}accounts/", body, format="json"), 403)
    assert officer.get(f"{API}accounts/?q=newclerk").json()["results"][0]["state"] == "waiting"
    assert machine(people.auditor).get(f"{API}accounts/").json()["results"] == []


def test_a_term_that_ends_is_told_once_to_the_officer_of_the_region(people):
    today = timezone.localdate()
    people.finance.posts.update(ends_on=today + timedelta(days=14))
    people.neighbour.posts.update(ends_on=today + timedelta(days=3))
    people.sector.posts.update(ends_on=today + timedelta(days=15))
    expiring.warn(today)
    expiring.warn(today)
    told = Notification.objects.filter(kind="account.term_ending")
    assert [(message.user, message.number) for message in told] == [(people.secadmin, "finance")]


def test_looking_costs_the_same_for_any_number_of_leads(people, lead, django_assert_max_num_queries):
    for _ in range(3):
        Maker(people)("signed_for")
    account = factories.fresh(people.inspector1)
    with django_assert_max_num_queries(16):
        handing_over.preview(account)
