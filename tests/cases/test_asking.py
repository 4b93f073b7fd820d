"""打听干预 and 问责 through both doors: who sees them, who decides, what is counted."""

import pytest

from cases.models import Accountability, Interference
from cases.services import asking
from povertyaudit.core import moment, verify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Notification
from tests.core.machines import machine

pytestmark = pytest.mark.django_db
LEADER = {"kind": "person", "name": "陶某", "post_text": "副镇长", "duty": "leader"}


def report(by, **more):
    said = {
        "asker": "冯某",
        "asker_post": "副镇长",
        "asked_on": moment.today(),
        "way": "call",
        "text": "打听进展。",
    }
    return asking.record_interference(by=by, **said | more)


def opened(make, people, **more):
    said = {"lead": make("in_step"), "title": "监管不力", "responsible": [LEADER]}
    return asking.open_accountability(by=people.inspector1, **said | more)


def statuses(client, row, people, names):
    found = {}
    for name in names.split():
        client.force_login(getattr(people, name))
        found[name] = client.get(row.get_absolute_url()).status_code
    return found


def test_an_approach_is_reported_on_a_page_and_handled_by_another(client, make, people):
    lead = make("in_step")
    client.force_login(people.inspector1)
    assert f'value="{lead.number}"' in client.get(f"/interferences/new/?lead={lead.number}").content.decode()
    client.post("/interferences/new/", {
        "asker": "冯某", "asked_on": str(moment.today()), "way": "face", "text": "当面打听。", "lead": lead.number,
    })  # fmt: skip
    row = Interference.objects.get()
    assert (row.lead, row.reported_by, row.state) == (lead, people.inspector1, "recorded")
    told = Notification.objects.get(user=people.casemgr, kind="interference.record")
    assert "冯某" not in told.text
    seen = "inspector1 casemgr secretary inspector2 leader petition neighbour official auditor"
    found = statuses(client, row, people, seen)
    assert {name for name, status in found.items() if status == 200} == {"inspector1", "casemgr", "secretary"}
    assert "冯某" not in client.get("/interferences/").content.decode()
    client.force_login(people.casemgr)
    assert "待处理的打听干预" in client.get("/").content.decode()
    body = {"handling": "已批评教育。"}
    answer = machine(people.casemgr).post(
        f"/api/v1/interferences/{row.public_id}/handle/", body, format="json"
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "handled")
    assert (
        machine(people.inspector1).post(f"/api/v1/interferences/{row.public_id}/handle/", body).status_code
        == 403
    )
    own = report(people.casemgr)
    with pytest.raises(NotAllowed, match="本人报告"):
        asking.handle(own, by=people.casemgr, handling="自己处理。")
    asking.handle(own, by=people.secretary, handling="已处理。")
    assert verify.verify().broken == []


def test_what_is_wrong_with_a_report_is_said_at_its_field(make, people):
    hidden = make("registered")
    for field, wrong in (("way", {"way": "x"}), ("lead", {"lead": hidden})):
        with pytest.raises(RuleBroken) as refusal:
            report(people.inspector1, **wrong)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed):
        report(people.official)
    body = {"asker": "冯某", "asked_on": "2099-01-01", "way": "call", "text": "x"}
    answer = machine(people.inspector1).post("/api/v1/interferences/", body, format="json")
    assert (answer.status_code, answer.json()["field"]) == (422, "asked_on")


def test_an_accountability_from_its_lead_to_the_end(client, make, people):
    lead = make("in_step")
    client.force_login(people.inspector1)
    client.post("/accountabilities/new/", {
        "lead": lead.number, "title": "对危房改造资金监管不力", "responsible-TOTAL_FORMS": "2", "responsible-INITIAL_FORMS": "0",
        "responsible-0-kind": "person", "responsible-0-name": "陶某", "responsible-0-duty": "leader",
        "responsible-1-kind": "unit", "responsible-1-name": "柳溪镇党委", "responsible-1-duty": "primary",
    })  # fmt: skip
    row = Accountability.objects.get()
    assert (row.lead, row.handling_unit, row.objects_of.count()) == (lead, people.inspector1.home.unit, 2)
    api, base = machine(people.inspector1), f"/api/v1/accountabilities/{row.public_id}"
    assert api.post(f"{base}/decide/", {"document": "x"}, format="json").status_code == 403
    head = machine(people.secretary)
    early = head.post(f"{base}/decide/", {"document": "青纪〔2026〕2号"}, format="json")
    assert (early.status_code, early.json()["code"]) == (422, "accountability.open_ones")
    wrong = api.post(f"{base}/set_measure/", {"responsible": "1", "measure": "reorganise"}, format="json")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "measure")
    for responsible, measure in (("1", "admonish"), ("2", "talk")):
        body = {"responsible": responsible, "measure": measure}
        answer = api.post(f"{base}/set_measure/", body, format="json")
        assert answer.status_code == 200, answer.json()
    assert [one["counts"] for one in answer.json()["responsible"]] == [True, False]
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "问责 1 人、0 个单位（地方）；另有约谈 1 个，不计入问责" in shown
    assert (
        head.post(f"{base}/decide/", {"document": "青纪〔2026〕2号"}, format="json").json()["state"]
        == "decided"
    )
    assert api.post(f"{base}/add_responsible/", LEADER, format="json").status_code == 409
    done = api.post(f"{base}/carry_out/", {"result": "已诫勉。"}, format="json")
    assert (done.status_code, done.json()["state"]) == (200, "carried_out")
    assert verify.verify().broken == []


def test_our_own_staff_is_known_to_three_only(client, make, people):
    plain, own = opened(make, people), opened(make, people, own_staff=True)
    names = "inspector1 inspector2 casemgr secretary leader investigator petition neighbour official"
    wide = {name for name, status in statuses(client, plain, people, names).items() if status == 200}
    narrow = {name for name, status in statuses(client, own, people, names).items() if status == 200}
    assert wide - narrow == {"leader"}
    assert narrow == {"inspector1", "inspector2", "casemgr", "secretary"}


def test_it_begins_with_a_lead_in_an_office_and_somebody_who_answers(make, people):
    with pytest.raises(RuleBroken, match="还没有分办"):
        asking.open_accountability(by=people.casemgr, lead=make(), title="x", responsible=[LEADER])
    with pytest.raises(RuleBroken, match="至少登记一个"):
        opened(make, people, responsible=[])
    with pytest.raises(NotAllowed):
        asking.open_accountability(by=people.petition, lead=make("in_step"), title="x", responsible=[LEADER])
    with pytest.raises(RuleBroken):
        opened(make, people, lead=make("registered"))
    with pytest.raises(RuleBroken, match="不能重复"):
        asking.add_responsible(opened(make, people), by=people.inspector1, **LEADER)


def test_the_lead_page_begins_both_with_its_number_filled_in(client, make, people):
    lead = make("in_step")
    client.force_login(people.inspector1)
    shown = client.get(lead.get_absolute_url()).content.decode()
    for name, label in (("accountabilities", "启动问责"), ("interferences", "报告打听干预")):
        address = f"/{name}/new/?lead={lead.number}"
        assert f'href="{address}">{label}' in shown
        assert client.get(address).context["form"]["lead"].value() == lead.number
