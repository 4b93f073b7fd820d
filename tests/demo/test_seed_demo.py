"""`seed_demo` makes the county the interfaces promise: once, the same every time, through the verbs, with work for all."""

from datetime import date, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.models import Bulletin, BulletinCase, BulletinPerson, HotlineCall, Lead, Outcome
from cases.models import State as LeadState
from funds.models import Misuse
from inspections.models import Finding, Round
from povertyaudit import home
from povertyaudit.core import favourites, moment
from povertyaudit.core.models import (
    Channel,
    Clock,
    Comment,
    Delivery,
    Notification,
    Region,
    Role,
    User,
    VaultEntry,
)
from povertyaudit.core.verify import verify
from povertyaudit.demo import big_rounds, geography, hotline, year
from povertyaudit.demo.timeline import COUNTY_TIME
from rectification.models import Evidence, Item, ItemSignature, Measure
from rectification.models import State as ItemState
from tests import factories
from tests.demo.short import shorten

TODAY = date(2026, 11, 23)
QINGHE, YUNPING = "990101", "990102"
LISTED = (
    "petition", "casemgr", "inspector1", "inspector2", "investigator", "adjudicator", "leader", "secretary",
    "patroloffice", "patrol1", "patrol2", "official", "unithead", "sector", "finance", "countyleader", "neighbour",
    "neighbourofficial", "sysadmin", "secadmin", "auditor", "ledgerclient",
)  # fmt: skip
PETITIONS = {
    "letter", "visit", "call", "web", "sms", "platform", "drop_box", "market_day", "hotline",
}  # fmt: skip


whole = pytest.mark.skipif(not settings.SQLITE, reason="the whole year is told once, on SQLite")


def make(today=TODAY):
    out = StringIO()
    call_command("seed_demo", today=today, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Made once for this file, and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        if not settings.SQLITE:
            shorten(patch)
        factories.empty()
        printed = make()
        with moment.pretend(datetime(2026, 11, 23, 9, 0, tzinfo=COUNTY_TIME)):
            yield printed
        transaction.set_rollback(True)


def test_the_county_has_its_townships_villages_and_people(demo):
    assert Region.objects.filter(code__startswith=QINGHE, level=4).count() == 20
    assert Region.objects.filter(code__startswith=QINGHE, level=5).count() == 246
    assert not Region.objects.exclude(code__startswith="99").exists()
    assert set(User.objects.filter(username__in=LISTED).values_list("username", flat=True)) == set(LISTED)
    assert not User.objects.filter(username__in=LISTED, must_change_password=True).exists()
    assert User.objects.get(username="petition").check_password("qinghe-2026")


def test_village_names_are_all_different_and_93_are_poor(demo):
    names = geography.village_names()
    assert len(set(names[:288])) == 288
    assert "村 246" in demo
    assert "其中贫困村 93" in demo


@whole
def test_a_year_of_petitions(demo):
    ours = Lead.objects.filter(region__code__startswith=QINGHE, channel__in=PETITIONS)
    assert ours.count() == year.PETITIONS == 278
    assert ours.filter(state="concluded").count() == year.DONE
    assert set(ours.values_list("channel", flat=True)) == PETITIONS
    assert ours.filter(received_on__lt=date(2025, 11, 23)).count() == 0


@whole
def test_the_batch_of_64_came_to_its_ends(demo):
    batch = Lead.objects.filter(channel="inspection", handover_rows=None)  # not those a round handed over
    assert batch.count() == year.BATCH
    assert not batch.open().exists()
    assert batch.filter(close_kind="sanctioned").count() == 10
    assert sum(year.BATCH_YUAN) == 79_800


@whole
def test_seventeen_bulletins_tell_of_62_cases_and_101_person_times(demo):
    issued = Bulletin.objects.issued()
    assert (issued.count(), issued.values("title").distinct().count()) == (17, 17)
    assert (BulletinCase.objects.issued().count(), BulletinPerson.objects.issued().count()) == (62, 101)
    sanctioned = (
        Outcome.objects.filter(lead__concluded_on__lt=date(2020, 1, 1))
        .sanctions()
        .values("subject")
        .distinct()
    )
    assert sanctioned.count() == 171


def test_no_two_bulletins_bear_one_title(demo):
    titles = list(Bulletin.objects.values_list("title", flat=True))
    assert len(set(titles)) == len(titles)
    assert set(Bulletin.objects.values_list("state", flat=True)) == {
        "draft",
        "submitted",
        "approved",
        "issued",
    }


@pytest.mark.parametrize("county", [QINGHE, YUNPING])
def test_something_waits_in_every_state(demo, county):
    leads = Lead.objects.filter(region__code__startswith=county).values_list("state", flat=True)
    items = Item.objects.filter(region__code__startswith=county).values_list("state", flat=True)
    assert set(leads) == set(LeadState.values)
    assert set(items) == set(ItemState.values)


def test_the_feedback_has_9_problems_33_measures_7_closed_2_long_term(demo):
    nine = Item.objects.filter(source="superior", leading_leader__isnull=False, goal__gt="")
    assert nine.count() == 9
    assert nine.values("problem_class").distinct().count() == 3
    assert Measure.objects.filter(item__in=nine).count() == 33
    assert sorted(nine.values_list("state", flat=True)) == ["closed"] * 7 + ["long_term"] * 2
    for item in nine.filter(state="closed"):
        assert len({item.applicant_id, item.reviewer_id, item.verifier_id}) == 3
        assert ItemSignature.objects.filter(item=item, voided_at=None).count() == 3
        assert all(item.covered(step) for step in ("apply", "review", "verify"))
    kinds = set(Evidence.objects.values_list("kind", flat=True))
    assert {"photo_before", "photo_after", "receipt", "document"} <= kinds


def test_clocks_are_due_today_near_and_overdue(demo):
    running = Clock.objects.running()
    for prefix in ("cases.lead", "rectification.item"):
        rows = running.filter(target_label=prefix)
        assert rows.filter(due_on=TODAY).exists(), prefix
        assert rows.filter(due_on__lt=TODAY).exists(), prefix
        assert rows.filter(due_on__gt=TODAY, due_on__lte=date(2026, 11, 30)).exists(), prefix


def test_money_is_open_and_settled_and_one_recovery_was_voided(demo):
    assert Misuse.objects.outstanding().filter(region__code__startswith=QINGHE).exists()
    assert Misuse.objects.get(title="产业资金用于修建桥梁").state == "settled"
    assert Misuse.objects.get(title="产业资金用于修建桥梁").recoveries.count() == 3


def test_a_round_is_finished_one_runs_one_is_secret(demo):
    assert Round.objects.filter(region__code__startswith=QINGHE).count() == 7 + len(big_rounds.YEAR)
    hidden = Round.objects.get(secret=True)
    assert hidden.number is None
    seen = {
        u.username for u in User.objects.all() if Round.objects.visible_to(u).filter(pk=hidden.pk).exists()
    }
    assert seen == {"patroloffice", "secretary", "patrol2"}
    assert Finding.objects.filter(state="handed_on").count() == 8 + 6 * big_rounds.PROBLEMS


def test_a_channel_waits_for_the_second_officer_and_nothing_leaves(demo):
    assert sorted(Channel.objects.values_list("state", flat=True)) == ["off", "proposed"]
    assert not Delivery.objects.exists()


def test_complainants_lie_in_the_vault(demo):
    """Of every lead that bears a name, and of every call whose caller left one; where it became a lead, of the lead."""
    named = Lead.objects.exclude(identity_status="anonymous")
    assert held("cases.lead") == set(named.values_list("pk", flat=True))
    assert named.count() > 5
    left = [text for _, _, caller, _, text in (*hotline.EARLY, *hotline.LATE) if caller]
    calls = HotlineCall.objects.filter(text__in=left)
    assert calls.count() == len(left) == 5
    assert held("cases.hotlinecall") == set(calls.filter(lead=None).values_list("pk", flat=True))
    assert calls.exclude(lead=None).get().lead in named
    assert VaultEntry.objects.count() == named.count() + 4


def held(label):
    return set(VaultEntry.objects.filter(target_label=label).values_list("target_id", flat=True))


@pytest.mark.parametrize("name", [n for n in LISTED if n not in {"auditor", "ledgerclient", "neighbour"}])
def test_everyone_has_something_to_do(demo, name):
    user = User.objects.get(username=name)
    sections = [section for make_ in home.SECTIONS if (section := make_(user)) is not None]
    unread = Notification.objects.filter(user=user, read_at=None).exists()
    assert any(section.entries for section in sections) or unread
    if not user.roles & {Role.SYSADMIN, Role.SECADMIN}:
        assert any(section.entries for section in sections), name


def test_the_neighbours_see_nothing_of_qinghe_and_something_of_their_own(demo):
    for name in ("neighbour", "neighbourofficial"):
        user = User.objects.get(username=name)
        for model in (Lead, Item, Round, Finding, Misuse):
            seen = model.objects.visible_to(user)
            assert not seen.exclude(region__code__startswith=YUNPING).exists()
        assert Item.objects.visible_to(user).exists()


def test_the_service_account_reads_both_counties(demo):
    client = User.objects.get(username="ledgerclient")
    for model in (Lead, Item):
        codes = {code[:6] for code in model.objects.visible_to(client).values_list("region", flat=True)}
        assert codes == {QINGHE, YUNPING}


def test_the_record_is_whole(demo):
    assert verify().broken == []


def test_a_second_time_it_says_that_it_is_there(demo):
    before = Lead.objects.count()
    assert "已存在" in make()
    assert Lead.objects.count() == before


def test_production_refuses(monkeypatch, db):
    monkeypatch.setattr(settings, "PRODUCTION", True)
    with pytest.raises(CommandError):
        make()


def told():
    """What another run must tell again: numbers, matters, dates, states — not ids."""
    leads = Lead.objects.order_by("number").values_list(
        "number", "title", "state", "received_on", "handler__username"
    )
    items = Item.objects.order_by("number").values_list("number", "problem", "state", "due_on", "closed_on")
    return list(leads), list(items), sorted(Clock.objects.values_list("number", "code", "due_on", "state"))


@whole
def test_the_same_day_tells_the_same_story(db, monkeypatch):
    """A tenth of the petitions, twice."""
    shorten(monkeypatch)
    found = []
    for _ in range(2):
        with transaction.atomic():
            make(date(2027, 2, 6))  # a Saturday
            found.append(told())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_colleagues_talk_beside_the_records_and_follow_some(demo):
    assert Comment.objects.filter(withdrawn_at=None).exclude(mentions=[]).count() >= 4
    assert Comment.objects.exclude(withdrawn_at=None).exists()
    assert Comment.objects.exclude(own_unit=None).exists()
    assert Notification.objects.filter(kind="comment.mention", user__username="casemgr").exists()
    for name in ("inspector1", "leader", "secretary", "official", "sector"):
        assert favourites.followed(User.objects.get(username=name)), name
