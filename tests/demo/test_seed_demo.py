"""`seed_demo` makes the county the interfaces promise: once, the same every time, through the verbs, with work for all."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db.models import Sum

from cases.models import (
    Bulletin,
    BulletinCase,
    BulletinPerson,
    Handover,
    HotlineCall,
    Lead,
    Outcome,
    Responsible,
)
from cases.models import State as LeadState
from funds.models import Misuse
from inspections.models import Finding, ImmediateNotice, Opinion, Round, RoundObject, TeamMember
from povertyaudit import home
from povertyaudit.core import favourites
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
from povertyaudit.demo import big_rounds, books_2018, geography, hotline, year
from rectification.models import Evidence, Item, ItemSignature, Measure, SourcePaper
from rectification.models import State as ItemState
from tests.demo.figures import figures_open_their_rows, followed, page_of, the_feedback_adds_up
from tests.demo.seeding import LISTED, TODAY, make, whole

QINGHE, YUNPING = "990101", "990102"
PETITIONS = {
    "letter", "visit", "call", "web", "sms", "platform", "drop_box", "market_day", "hotline",
}  # fmt: skip


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
    ours = Lead.objects.filter(region__code__startswith=QINGHE, channel__in=PETITIONS).exclude(state="voided")
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
    ends_of_a_change = {ItemState.SPLIT, ItemState.MERGED} if county == YUNPING else set()
    # Voided are only those of an import that was undone: a list of somebody's mistakes is nothing to show.
    assert set(items) == set(ItemState.values) - ends_of_a_change - {ItemState.VOIDED}


def test_the_feedback_has_9_problems_33_measures_7_closed_2_long_term(demo):
    paper = SourcePaper.objects.get(issuer="省委第四巡视组", region__code__startswith=QINGHE)
    nine = Item.objects.filter(paper=paper)
    assert nine.count() == 9
    assert nine.values("problem_class").distinct().count() == 3
    assert Measure.objects.filter(item__in=nine).count() == 33
    assert sorted(nine.values_list("state", flat=True)) == ["closed"] * 7 + ["long_term"] * 2
    for item in nine.filter(state="closed"):
        assert len({item.applicant_id, item.reviewer_id, item.verifier_id}) == 3
        assert ItemSignature.objects.filter(item=item, voided_at=None).count() == 3
        assert all(item.covered(step) for step in ("apply", "review", "verify"))
    the_feedback_adds_up(paper)
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
    assert Round.objects.filter(region__code__startswith=QINGHE).count() == 7 + len(books_2018.YEAR)
    hidden = Round.objects.get(secret=True)
    assert hidden.number is None
    seen = {
        u.username for u in User.objects.all() if Round.objects.visible_to(u).filter(pk=hidden.pk).exists()
    }
    assert seen == {"patroloffice", "secretary", "patrol2"}
    of_books = sum(min(books_2018.FOUND, towns) for *_, (_, _, towns), _ in books_2018.YEAR)
    assert Finding.objects.filter(state="handed_on").count() == 8 + 6 * big_rounds.PROBLEMS + of_books


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


def test_colleagues_talk_beside_the_records_and_follow_some(demo):
    assert Comment.objects.filter(withdrawn_at=None).exclude(mentions=[]).count() >= 4
    assert Comment.objects.exclude(withdrawn_at=None).exists()
    assert Comment.objects.exclude(own_unit=None).exists()
    assert Notification.objects.filter(kind="comment.mention", user__username="casemgr").exists()
    for name in ("inspector1", "leader", "secretary", "official", "sector"):
        assert favourites.followed(User.objects.get(username=name)), name


def kinds(objects):
    found = list(objects.values_list("kind", flat=True))
    return {kind: found.count(kind) for kind in set(found)}


@whole
def test_a_special_round_of_three_teams(demo):
    """Seed 003."""
    row = Round.objects.get(name="第十二届县委第四轮巡察（脱贫攻坚专项）")
    assert row.teams.count() == 3
    assert TeamMember.objects.filter(round=row).exclude(seconded_from=None).count() == 47
    assert kinds(row.round_objects) == {"department": 41, "town": 20, "extension_village": 40}
    assert row.findings.count() == 30
    assert row.findings.values("problem_class").distinct().count() == 6
    assert row.opinions.filter(state="accepted").count() == 294
    assert row.visits.aggregate(h=Sum("households"), t=Sum("talks")) == {"h": 300, "t": 500}
    book = Handover.objects.get(pk__in=row.handed_leads.values("row__handover"))
    assert book.rows.exclude(lead=None).count() == 30
    handed = Lead.objects.filter(handover_rows__handover=book)
    assert handed.filter(case__isnull=False).count() == 10
    answerable = Responsible.objects.filter(accountability__lead__in=handed)
    assert answerable.held().filter(kind="person").count() == 29
    assert answerable.talked_to().filter(kind="unit").count() == 2
    assert Outcome.objects.filter(lead__in=handed, kind="transfer").count() == 1
    crossed_off = Item.objects.filter(finding__round=row, state="closed", closed_late=False)
    assert (row.findings.exclude(state="handed_on").count(), crossed_off.count()) == (0, 26)
    figures_open_their_rows(row)


@whole
def test_the_year_2018(demo):
    """Seed 001: three regular rounds and a special one."""
    rounds = Round.objects.filter(
        name__in=[name for name, *_ in books_2018.YEAR], window_months=2, state="closed"
    )
    assert sorted(rounds.values_list("kind", flat=True)) == ["regular", "regular", "regular", "special"]
    objects = RoundObject.objects.filter(round__in=rounds)
    assert kinds(objects) == {"village": 72, "extension_village": 129, "town": 20}
    assert objects.exclude(kind="town").values("region").distinct().count() == 201
    opinions = Opinion.objects.filter(round__in=rounds)
    assert opinions.filter(kind="rectify", state="accepted").count() == 283
    assert opinions.filter(kind="advice").count() == 42
    assert ImmediateNotice.objects.filter(round__in=rounds, state="closed").count() == 84
    assert timedelta() <= rounds.latest("ends_on").finished_on - date(2018, 12, 14)
    for row in rounds:
        assert (row.members.count(), row.campaign.points.count(), row.campaign.state) == (5, 28, "closed")
        items = Item.objects.filter(finding__round=row)
        assert list(items.values_list("state", flat=True)) == ["closed"] * books_2018.FOUND
        followed("patroloffice", row)
    whole_year = "/round-objects/?starts_from=2018-01-01&starts_to=2018-12-31"
    for kind, figure in (("village", 72), ("extension_village", 129)):
        assert f"共 {figure} " in page_of("patroloffice", f"{whole_year}&kind={kind}")
