"""What stands beside a lead (a call that became it, 问责, 打听干预): who is recused from the lead has no part in it."""

import pytest

from cases.models import CallCategory, Category, Lead
from cases.services import asking, calling
from povertyaudit.core import audit, clocks, files, moment, notify, remind, rows
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import AuditEntry, Notification, Recusal
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, machine
from tests.core.test_files import PDF, photo, upload

pytestmark = pytest.mark.django_db
LEADER = {"kind": "person", "name": "陶某", "post_text": "副镇长", "duty": "leader"}


def recuse(user, lead):
    Recusal.objects.create(
        person=user.person, target_label="cases.lead", target_id=lead.pk, reason="亲属", declared_by=user
    )


def accountability(lead, people):
    return asking.open_accountability(lead=lead, by=people.inspector1, title="监管不力", responsible=[LEADER])


def interference(lead, people):
    return asking.record_interference(
        by=people.inspector1, asker="冯某", asked_on=moment.today(), way="call", text="打听进展。", lead=lead
    )


def call(lead, people):
    """A call the desk made a lead of; the lead is another one than asked for."""
    category = CallCategory.objects.get(code="subsidy_unpaid")
    row = calling.register(
        by=people.petition, region=factories.places()[factories.VILLAGE], category=category, title="补助没有到账",
        text="验收后没有到账。",
    )  # fmt: skip
    calling.make_lead(row, by=people.petition, category=Category.objects.get(code="embezzle"), subjects=[])
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("made", "reader", "things"),
    [
        (accountability, "casemgr", "accountabilities"), (interference, "casemgr", "interferences"),
        (call, "leader", "calls"),
    ],
)  # fmt: skip
def test_the_recused_find_it_at_no_door(client, make, people, made, reader, things):
    row, user = made(make("in_step"), people), getattr(people, reader)
    client.force_login(user)
    assert client.get(row.get_absolute_url()).status_code == 200
    recuse(user, row.lead)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert machine(user).get(f"{API}{things}/{row.public_id}/").status_code == 404
    assert row.public_id not in client.get(f"/{things}/").content.decode()


def test_nobody_recused_is_told_or_reminded_of_it(make, people):
    row = accountability(make("in_step"), people)
    clocks.start(
        row, "petition.answer", on=moment.today(), due_on=moment.today(), reason="领导要求", owner_user=people.casemgr,
        leader_user=people.leader,
    )  # fmt: skip
    for user in (people.casemgr, people.leader):
        recuse(user, row.lead)
    told = notify.tell([people.casemgr, people.inspector1], "x", kind="x", number=None, text="x", target=row)
    assert [one.user for one in told] == [people.inspector1]
    remind.scan(moment.today())
    mine = Notification.objects.filter(
        user__in=(people.casemgr, people.leader), target_label=row._meta.label_lower
    )
    assert not mine.filter(target_id=row.pk, kind__startswith="due").exists()


def test_what_is_written_beside_a_lead_may_not_name_its_complainant(make, people):
    lead = make(
        "in_step", identity_status="claimed", complainant={"name": "欧阳守信", "phone": "13800138000"}
    )
    with pytest.raises(DomainError) as refused:
        asking.open_accountability(
            lead=lead, by=people.inspector1, title="欧阳守信所反映的监管不力", responsible=[LEADER]
        )
    assert "欧阳" not in str(refused.value)


def test_a_fact_that_names_another_dossier_is_told_to_nobody(make, people):
    lead = make("in_step")
    rows.write(
        lead,
        verb="lead.amend",
        by=people.casemgr,
        facts={"lead:into": "990101-X", "into": "990101-Y", "n": 1},
    )
    entry = AuditEntry.objects.of(lead).order_by("-seq").first()
    assert entry.changes["lead:into"] == "990101-X"
    assert audit.told(entry) == {"n": 1}


def test_only_the_unit_that_uploaded_a_file_replaces_it(make, people):
    lead = make("in_step")
    kept = services.attach(lead, by=people.inspector1, file=upload(photo(), "a.jpg"))
    answer = machine(people.casemgr).post(
        f"{API}attachments/{kept.public_id}/replace/", {"file": upload(PDF, "b.pdf")}, format="multipart"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "file.not_yours")
    assert files.replace(kept, upload(PDF, "b.pdf"), by=people.inspector2).version_no == 2


def test_a_paper_the_system_made_is_replaced_by_nobody(make, people):
    kept = files.keep_made(make("in_step"), b"PK", "a.docx", by=people.casemgr, kind="paper")
    with pytest.raises(NotAllowed, match="系统生成"):
        files.replace(kept, upload(PDF, "b.pdf"), by=people.casemgr)


@pytest.mark.parametrize(
    "absurd", ["9" * 400 + "元", "一" + "万" * 1200 + "元", "9" * 400 + "." + "9" * 400 + "亿元"]
)
def test_an_absurd_sum_brings_no_registration_down(make, absurd):
    assert Lead.objects.get(pk=make(text=absurd, amount_fen=100).pk).text == absurd
