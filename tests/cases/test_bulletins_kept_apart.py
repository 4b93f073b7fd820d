"""通报曝光: what those recused from a case must not see, and what a channel must not write."""

import pytest

from cases.models import Bulletin, BulletinCase, BulletinCopy, BulletinPerson, Lead
from cases.services import bulletins
from povertyaudit.core import moment
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
    said = {"problem": "问题", "facts": "情况属实。", "decision": "已处理。", "persons": [{"name": "王某某"}]}
    row = bulletins.add_case(row, by=people.casemgr, lead=Lead.objects.get(pk=lead.pk), **said)
    bulletins.submit(row, by=people.casemgr)
    told = Notification.objects.filter(kind="bulletin.submit")
    assert {one.user for one in told} == {people.leader}
