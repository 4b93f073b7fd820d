"""What a hand-over tells of its leads, and to whom: nothing of a hidden lead, and of no lead who complained."""

import pytest

from cases import services as real
from cases.models import Handover, Lead
from povertyaudit.core import audit
from povertyaudit.core.models import AuditEntry, Region
from povertyaudit.core.secrecy import Leaked
from tests import factories
from tests.cases.conftest import services
from tests.cases.exchange.test_handovers import ITEM, again, recuse, register, send, take
from tests.core.machines import API, machine

pytestmark = pytest.mark.django_db
SAID = "该件由欧阳守信反映。"


def test_of_a_row_that_became_a_hidden_lead_nothing_is_told_and_nothing_found(client, people):
    place = Region.objects.get(code=factories.TOWN)
    row = take(people, items=[{**ITEM, "region": place}, {"title": "水管漏水"}])
    register(people, row)
    client.force_login(people.casemgr)
    columns = "&columns=persons,region.path_name,amount_fen,reason,title"
    search, csv = "/handovers/rows/?q=租金", f"/handovers/rows/?format=csv{columns}"
    assert "租金" in b"".join(client.get(csv).streaming_content).decode()
    assert row.number in client.get(search).content.decode()
    recuse(people, row.rows.get(ordinal=1).lead)
    page = client.get(row.get_absolute_url()).content.decode()
    for text in (
        page, client.get("/handovers/rows/").content.decode(),
        b"".join(client.get(csv).streaming_content).decode(),
        str(machine(people.casemgr).get(f"{API}handovers/{row.public_id}/").json()),
    ):  # fmt: skip
        assert "水管漏水" in text
        assert not any(word in text for word in ("租金", "赵某", "1,200.00", "120000"))
    assert row.number not in client.get(search).content.decode()
    assert row.number in client.get("/handovers/rows/?q=水管").content.decode()


def named(make, people):
    return make(identity_status="claimed", complainant={"name": "欧阳守信", "phone": "13800138000"})


def test_no_text_of_a_hand_over_says_who_complained_in_one_of_its_leads(make, people):
    lead, by = named(make, people), people.casemgr
    for field in ("text", "document", "note"):
        with pytest.raises(Leaked) as refused:
            send(people, [lead], **{field: SAID})
        assert refused.value.field == field
        assert "欧阳" not in refused.value.message
    assert not Handover.objects.exists()
    row = send(people, [make(), lead])
    for field, act in {
        "note": lambda: real.send_handover_back(again(row), by=by, note=SAID),
        "receipt_by": lambda: real.record_handover_receipt(again(row), by=by, receipt_by="欧阳守信"),
        "text": lambda: real.amend_handover(again(row), by=by, text=SAID),
    }.items():
        with pytest.raises(Leaked) as refused:
            act()
        assert refused.value.field == field
    real.record_handover_receipt(again(row), by=by, receipt_by="法制大队")
    with pytest.raises(Leaked) as refused:
        real.answer_handover(again(row), by=by, answer_text=SAID)
    assert refused.value.field == "answer_text"
    assert real.answer_handover(again(row), by=by, answer_text="已立案侦查。").state == "answered"


def test_the_record_of_a_dossier_tells_no_number_of_a_lead_it_names(make, people):
    row = take(people)
    register(people, row)
    lead = Lead.objects.get(handover_rows__handover=row)
    main = make()
    services.merge(lead, by=people.casemgr, into=main)
    for target, verb, number in (
        (row, "handover.register_row", lead.number),
        (lead, "lead.merge", main.number),
        (main, "lead.receive_merge", lead.number),
    ):
        entry = AuditEntry.objects.of(target).get(verb=verb)
        assert number in entry.changes.values()
        assert number not in str(audit.told(entry))
        assert all(":" in name for name, said in entry.changes.items() if said == number)
