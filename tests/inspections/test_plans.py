"""A plan of visits: ordered, approved by a second person, drawn from a list with its seed, carried out."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import sampling
from inspections.models import Sample, VisitPlan
from inspections.services import plans
from inspections.workflow.plans import PLAN
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several, WrongState
from povertyaudit.core.models import Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import field_makers as makers

pytestmark = pytest.mark.django_db


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def rows_of(prefix, *people, standing=0):
    found = {f"{prefix}-TOTAL_FORMS": str(len(people)), f"{prefix}-INITIAL_FORMS": str(standing)}
    for number, values in enumerate(people):
        found |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return found


def test_the_whole_way_on_pages(people):
    office, head, team = web(people.patroloffice), web(people.secretary), web(people.patrol1)
    assert office.get("/visit-plans/new/").status_code == 200
    said = {
        "title": "柳溪镇暗访", "kind": "unannounced", "region": factories.QINGHE, "starts_on": "2026-03-04",
        "ends_on": "2026-03-06", "approver": people.secretary.public_id,
        **rows_of("members", {"user": people.patrol1.public_id, "role": "leader"}),
        **rows_of("places", {"region": factories.TOWN}),
    }  # fmt: skip
    made = office.post("/visit-plans/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    row = VisitPlan.objects.get()
    here = f"/visit-plans/{row.public_id}/"
    assert "柳溪镇暗访" in head.get(f"{here}approve/").content.decode()
    assert "走访计划" in head.get("/").content.decode()
    assert office.get(f"{here}amend/").status_code == 200
    standing = {"members-INITIAL_FORMS": "1", "places-INITIAL_FORMS": "1"}
    again = office.post(f"{here}amend/", said | standing | {"title": "白杨乡暗访"})
    assert again.status_code == 302, again.context["form"].errors
    for who, verb, body in (
        (head, "approve", {}),
        (team, "draw_places", {"size": "1", "level": "5"}),
        (team, "draw_households", {"text": "张某\t一组\n李某\t二组", "size": "1"}),
        (team, "start", {}),
        (team, "finish", {}),
    ):
        assert who.get(f"{here}{verb}/").status_code == 200
        done = who.post(f"{here}{verb}/", body)
        assert done.status_code == 302, done.context["form"].errors
    page = team.get(here).content.decode()
    assert "石桥坳村" in page
    assert page.count("一致") == 2
    row.refresh_from_db()
    assert (row.state, row.title, row.number) == ("finished", "白杨乡暗访", "990101-AF-2026-001")
    assert verify().broken == []


def test_the_whole_way_by_api(people):
    office, head, team = api(people.patroloffice), api(people.secretary), api(people.patrol1)
    said = {
        "title": "柳溪镇暗访", "region": factories.QINGHE, "starts_on": "2026-03-04", "ends_on": "2026-03-06",
        "approver": "secretary", "members": [{"user": "patrol1", "role": "leader"}],
    }  # fmt: skip
    made = office.post("/api/v1/visit-plans/", said, format="json")
    assert made.status_code == 201, made.data
    assert (made.data["number"], set(made.data["actions"])) == (
        None,
        {"draw_places", "draw_households", "amend", "cancel"},
    )
    here = f"/api/v1/visit-plans/{made.data['id']}/"
    assert head.get(here).data["actions"] == ["approve", "cancel"]
    changed = office.post(
        f"{here}amend/", said | {"purpose": "看账"}, format="json", HTTP_IF_MATCH=made["ETag"]
    )
    assert changed.status_code == 200, changed.data
    assert head.post(f"{here}approve/", {}, format="json").status_code == 200
    nowhere = team.post(f"{here}start/", {}, format="json")
    assert (nowhere.status_code, nowhere.data["code"]) == (422, "start.nowhere")
    drawn = team.post(f"{here}draw_places/", {"size": 1, "seed": "甲"}, format="json")
    assert drawn.data["places"] == [
        {"region": factories.VILLAGE, "name": "澄江市 / 青禾县 / 柳溪镇 / 石桥坳村", "drawn": True}
    ]
    upload = SimpleUploadedFile("名单.csv", "姓名,住址\n张某,一组\n李某,二组\n".encode("gb18030"))
    told = team.post(f"{here}draw_households/", {"file": upload, "size": 2}, format="multipart")
    assert told.status_code == 200, told.data
    assert len(told.data["samples"]) == 2
    for verb in ("start", "finish"):
        assert team.post(f"{here}{verb}/", {}, format="json").status_code == 200
    assert api(people.casemgr).get(here).data["number"] == "990101-AF-2026-001"


def test_the_same_list_and_seed_give_the_same_rows_whatever_the_order(people):
    row = makers.plan(people)
    text = "\n".join(f"户主{n}，{n} 组" for n in range(40))
    plans.draw_households(row, by=people.patrol1, text=text, size=5, seed="2026")
    first = Sample.objects.get()
    turned = [line[::-1][::-1] for line in reversed(first.population)]
    assert sampling.drawn("2026", [sampling.key_of(line) for line in turned], 5) == first.drawn
    with pytest.raises(RuleBroken) as refused:
        plans.draw_households(row, by=people.patrol1, text=text, size=5, seed="2027")
    assert refused.value.code == "draw.again"
    plans.draw_households(row, by=people.patrol1, text=text, size=5, seed="2027", note="原名单有误")
    assert [one.seed for one in Sample.objects.all()] == ["2026", "2027"]
    assert Sample.objects.last().drawn != first.drawn


def book(lines):
    """A workbook with the lines in its first sheet, as strings in place and shared ones."""
    cells = "".join(
        f'<row><c t="s"><v>{at}</v></c><c t="inlineStr"><is><t>{words}</t></is></c></row>'
        for at, (_, words) in enumerate(lines)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = "".join(f"<si><t>{name}</t></si>" for name, _ in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", f"<workbook {main}/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {main}>{shared}</sst>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
        )
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def test_a_workbook_is_read(people):
    row = makers.plan(people)
    plans.draw_households(
        row, by=people.patrol1, file=book([("户主姓名", "住址"), ("张某", "一组"), ("李某", "二组")]), size=2
    )
    assert sorted(Sample.objects.get().population) == [["张某", "一组"], ["李某", "二组"]]


BAD_LISTS = (
    ({"text": ""}, "sample.empty"),
    ({"text": "张某，一组\n张某，一组"}, "sample.twice"),
    ({"text": "，一组"}, "sample.line"),
    ({"text": "张某\x00"}, "sample.text"),
    ({"text": "长" * 61}, "sample.line"),
    ({"text": "\n".join(f"户{n}" for n in range(5001))}, "sample.too_long"),
    ({"text": "张某", "size": 2}, "draw.few"),
    ({"text": "张某", "size": 0}, "draw.size"),
    ({"text": "张某", "size": 9999}, "draw.size"),
    ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nothing")}, "file.damaged"),
    ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00\x81\x81")}, "sample.type"),
    ({"file": SimpleUploadedFile("a.csv", b"x" * (2 * 1024 * 1024 + 1))}, "sample.too_large"),
    ({"text": "张某", "file": SimpleUploadedFile("a.csv", b"a")}, "sample.two_lists"),
)


@pytest.mark.parametrize(("said", "code"), BAD_LISTS, ids=[code for _, code in BAD_LISTS])
def test_a_bad_list_is_refused_with_a_sentence(people, said, code):
    row = makers.plan(people)
    with pytest.raises(RuleBroken) as refused:
        plans.draw_households(row, by=people.patrol1, **{"size": 1} | said)
    assert refused.value.code == code
    assert refused.value.message.endswith("。")
    assert not Sample.objects.exists()


def test_all_wrong_lines_are_told_at_once(people):
    with pytest.raises(Several) as refused:
        plans.draw_households(
            makers.plan(people), by=people.patrol1, text="\n".join(f"，{n}" for n in range(30)), size=1
        )
    assert len(refused.value.errors) == sampling.TOLD


def test_a_second_person_approves(people):
    for approver in (people.patroloffice, people.casemgr):
        with pytest.raises(RuleBroken):
            makers.plan(people, approver=approver)
    twin = factories.user("secretary", unit=factories.unit("县纪委监委"), person=people.patroloffice.person)
    with pytest.raises(RuleBroken):  # his own, by another account
        makers.plan(people, approver=twin)
    row = makers.plan(people)
    for who in (people.leader, people.patroloffice, people.patrol1):
        with pytest.raises(NotAllowed):
            plans.approve(row, by=who)


def test_a_changed_plan_is_approved_anew(people):
    row = makers.plan(people, "approved")
    members = [{"user": people.patrol2, "role": "leader"}]
    changed = plans.amend(row, by=people.patroloffice, members=members, title="改")
    assert (changed.state, changed.approved_on) == ("ordered", None)
    with pytest.raises(WrongState):
        plans.start(changed, by=people.patrol2)
    assert not VisitPlan.objects.visible_to(factories.fresh(people.patrol1)).exists()


def test_nobody_sets_out_before_the_day_or_unnamed(people):
    later = date.today() + timedelta(days=9)
    row = makers.plan(people, "approved", starts_on=later, ends_on=later)
    with pytest.raises(RuleBroken):
        plans.start(row, by=people.patrol1)
    with pytest.raises(NotAllowed):
        plans.start(row, by=people.patrol2)


BAD_PLANS = (
    lambda people: {"members": []},
    lambda people: {"members": [{"user": people.patrol1, "role": "member"}]},
    lambda people: {
        "members": [{"user": people.patrol1, "role": "leader"}, {"user": people.patrol2, "role": "leader"}]
    },
    lambda people: {"members": [{"user": people.auditor, "role": "leader"}]},
    lambda people: {"ends_on": date(2026, 1, 1)},
    lambda people: {"region": Region.objects.get(code=factories.YUNPING), "places": []},
    lambda people: {"places": [{"region": Region.objects.get(code="990102101000")}]},
    lambda people: {"places": [{"region": Region.objects.get(code=factories.TOWN)}] * 2},
)


@pytest.mark.parametrize("bad", BAD_PLANS)
def test_what_does_not_go_together_is_refused(people, bad):
    with pytest.raises(RuleBroken):
        makers.plan(people, **bad(people))
    assert not VisitPlan.objects.exists()


@pytest.mark.parametrize("name", list(PLAN.transitions))
@pytest.mark.parametrize("who", ["leader", "patrol2", "casemgr", "sysadmin", "countyleader"])
def test_who_is_not_named_does_nothing(people, name, who):
    row = makers.plan(people, "under_way")
    with pytest.raises(NotAllowed):
        PLAN.transitions[name].check_person(row, factories.fresh(getattr(people, who)))
