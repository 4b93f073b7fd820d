"""通报曝光: what those recused from a case must not see, and what a channel must not write."""

import pytest

from cases.models import Bulletin, BulletinCase, BulletinChannel, BulletinCopy, BulletinPerson, Lead
from cases.services import bulletins, publishing
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Notification, Recusal
from tests.cases.conftest import bulletin as issued
from tests.cases.conftest import services
from tests.core.machines import API, machine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def again(row):
    return type(row).objects.get(pk=row.pk)


def recuse(user, lead, by):
    Recusal.objects.create(
        person=user.person, target_label="cases.lead", target_id=lead.pk, reason="亲属", declared_by=by,
        declared_at=moment.now(),
    )  # fmt: skip


def test_whoever_is_recused_from_a_case_finds_no_bulletin_and_no_copy_of_it(client, people):
    row, copy = issued(people)
    for who in (people.casemgr, people.secretary, people.official):
        recuse(who, row.cases.get().lead, people.leader)
    at, kept = row.get_absolute_url(), Attachment.objects.of(row).get()
    for who in (people.casemgr, people.secretary):
        client.force_login(who)
        for page in (at, f"{at}paper/", f"{at}correct/", copy.get_absolute_url(), kept.get_absolute_url()):
            assert client.get(page).status_code == 404, page
        assert row.number not in client.get("/bulletins/").content.decode()
        assert not any(
            rows.objects.visible_to(who).exists()
            for rows in (Bulletin, BulletinCase, BulletinPerson, BulletinCopy)
        )
        program, here = machine(who), f"{API}bulletins/{row.public_id}/"
        assert [program.post(f"{here}{verb}/", {"note": "x", "case": "1"}, format="json").status_code
                for verb in ("remove_case", "submit", "approve", "issue", "correct")] == [404] * 5  # fmt: skip
    assert Bulletin.objects.visible_to(people.leader).for_list().get().person_count == 1
    client.force_login(people.official)  # what a unit was sent stays with it
    assert client.get(copy.get_absolute_url()).status_code == 200


def test_whoever_is_recused_from_a_case_is_told_nothing_of_its_bulletin(people, make):
    lead = make("approved", method="close")
    services.conclude(lead, by=people.inspector1, close_kind="first_form", result_text="已批评教育。")
    recuse(people.secretary, lead, people.leader)
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    said = {
        "problem": "问题", "facts": "情况属实。", "decision": "已处理。", "changed_why": "尚未补登处理决定。",
        "persons": [{"name": "王某某"}],
    }  # fmt: skip
    row = bulletins.add_case(row, by=people.casemgr, lead=Lead.objects.get(pk=lead.pk), **said)
    bulletins.submit(row, by=people.casemgr)
    told = Notification.objects.filter(kind="bulletin.submit")
    assert {one.user for one in told} == {people.leader}


@pytest.fixture
def lead(make, people):
    """A concluded lead with an outcome: one person of the case, and one who is not part of it."""
    subjects = [
        {"name": "王某林", "unit_text": "王某林合作社", "post_text": "理事长", "kind": "village_cadre"},
        {"name": "赵无关", "unit_text": "石桥坳村", "kind": "village_cadre"},
    ]
    row = make("approved", method="close", subjects=subjects)
    services.conclude(row, by=people.inspector1, close_kind="first_form", result_text="已批评教育。")
    return again(row)


def draft(people, lead, *, title="典型案例通报", preface="", **change):
    row = bulletins.draft(by=people.casemgr, title=title, preface=preface)
    said = {
        "problem": "冒领补助问题",
        "facts": "情况属实。",
        "decision": "已处理。",
        "changed_why": "尚未补登处理决定。",
        "persons": [{"name": "王某林"}],
    }
    return bulletins.add_case(row, by=people.casemgr, lead=lead, **said | change)


def test_what_a_masked_channel_gets_says_the_name_nowhere(client, people, lead):
    row = draft(
        people, lead, title="关于王某林冒领补助的通报", preface="现通报王 某林一案。", problem="王某林冒领补助问题",
        facts="王某 林以他人名义申领。", decision="王·某林已退还。",
    )  # fmt: skip
    bulletins.submit(row, by=people.casemgr)
    bulletins.approve(again(row), by=people.leader)
    row = bulletins.issue(again(row), by=people.casemgr)
    town = people.official.home.unit
    for code in ("public", "training", "internal"):
        channel = BulletinChannel.objects.get(code=code)
        publishing.distribute(again(row), by=people.casemgr, channel=channel, units=[town])
    reader = machine(people.official)
    client.force_login(people.official)
    for copy in BulletinCopy.objects.select_related("channel"):
        at, full = copy.get_absolute_url(), copy.channel.code == "internal"
        told = [client.get(page).content.decode() for page in (at, f"{at}paper/")]
        told.append(reader.get(f"{API}bulletin-copies/{copy.public_id}/").content.decode())
        told.append(Attachment.objects.of(copy).get().original_name)
        for text in told:
            plain = "".join(text.split()).replace("·", "")
            assert ("王某林" in plain) is full, text
    assert "王某林" in client.get("/bulletin-copies/?channel=internal").content.decode()
    assert "王某林" not in client.get("/bulletin-copies/?channel=public").content.decode()


@pytest.mark.parametrize("name", ["赵 无关", "赵·无关", "赵\u3000无关"])
def test_outsiders_are_found_however_their_name_is_spaced(people, lead, name):
    with pytest.raises(RuleBroken) as refused:
        draft(people, lead, facts=f"{name}也在场。")
    assert (refused.value.message, refused.value.field) == (bulletins.OUT, "facts")


def test_the_title_is_compared_too(people, lead):
    row = draft(people, lead, title="关于赵无关等人的通报")
    with pytest.raises(RuleBroken, match="标题里可能写有举报人") as refused:
        bulletins.submit(row, by=people.casemgr)
    assert refused.value.field == "title"
