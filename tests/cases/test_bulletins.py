"""通报曝光: what may be made known of a concluded case, by whose word, in whose names, and who has read it."""

import io

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from cases import masking
from cases.models import Bulletin, BulletinChannel, BulletinCopy, Lead, Mask
from cases.services import bulletins, publishing
from povertyaudit.core import store
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Notification, Unit
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import services
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
FACTS = "2025年，王某林以他人名义申领危房改造补助2.6万元。"
DECISION = "2026年3月，王某林受到党内警告处分，违纪资金已退还。"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def lead(make, people):
    """A concluded lead with an outcome: two persons, one of them not part of the case, and an informant."""
    subjects = [
        {"name": "王某林", "unit_text": "石桥坳村", "post_text": "党支部书记", "kind": "village_cadre"},
        {"name": "赵无关", "unit_text": "石桥坳村", "kind": "village_cadre"},
    ]
    row = make(
        "approved",
        method="close",
        identity_status="claimed",
        complainant={"name": "欧阳铁柱"},
        subjects=subjects,
    )
    services.conclude(row, by=people.inspector1, close_kind="first_form", result_text="已批评教育并退还。")
    return Lead.objects.get(pk=row.pk)


@pytest.fixture
def bulletin(people, lead):
    """A draft with its case."""
    return add(bulletins.draft(by=people.casemgr, title="典型案例通报", preface="现通报如下。"), people, lead)


def add(row, people, lead, **change):
    said = {
        "problem": "虚报冒领危房改造补助问题",
        "facts": FACTS,
        "decision": DECISION,
        "changed_why": "尚未补登处理决定。",
        "persons": [{"name": "王某林"}],
    }
    return bulletins.add_case(again(row), by=people.casemgr, lead=lead, **{**said, **change})


def again(row):
    return type(row).objects.get(pk=row.pk)


def issued(row, people):
    bulletins.submit(again(row), by=people.casemgr)
    bulletins.approve(again(row), by=people.leader, note="同意。")
    return bulletins.issue(again(row), by=people.casemgr)


def channel(code):
    return BulletinChannel.objects.get(code=code)


def post(client, who, address, **values):
    client.force_login(who)
    shown = client.get(address)
    assert shown.status_code == 200, shown.context and shown.context["refusal"]
    return client.post(address, {"expected_version": shown.context.get("version") or "", **values})


def words_of(kept):
    return "\n".join(p.text for p in Document(io.BytesIO(store.path_of(kept.sha256).read_bytes())).paragraphs)


def test_from_the_draft_to_the_receipt_on_pages(client, people, lead):
    post(client, people.casemgr, "/bulletins/new/", title="典型案例通报", preface="现通报如下。")
    row = Bulletin.objects.get()
    at = row.get_absolute_url()
    persons = {"persons-TOTAL_FORMS": "1", "persons-INITIAL_FORMS": "0", "persons-0-name": "王某林"}
    answer = post(
        client, people.casemgr, f"{at}add_case/", lead=lead.public_id, problem="虚报冒领危房改造补助问题", facts=FACTS,
        decision=DECISION, changed_why="尚未补登处理决定。", **persons,
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    post(client, people.casemgr, f"{at}submit/")
    client.force_login(people.leader)
    assert "待我办理的通报" in client.get("/").content.decode()
    post(client, people.leader, f"{at}approve/", note="同意印发。")
    post(client, people.casemgr, f"{at}issue/")
    row = again(row)
    assert (row.state, row.issue, row.approved_by) == ("issued", 1, people.leader)
    client.force_login(people.casemgr)
    page = client.get("/bulletins/").content.decode()
    assert ("1 期" in page, "1 起" in page, "1 人次" in page) == (True, True, True)
    assert "王某林" in client.get("/bulletins/persons/").content.decode()
    assert lead.number in client.get("/bulletins/cases/").content.decode()
    assert "0 期" in client.get("/bulletins/?issued_to=2020-01-01").content.decode()
    town = Unit.objects.get(name="柳溪镇人民政府")
    post(
        client,
        people.casemgr,
        f"{at}distribute/",
        channel="public",
        units=town.public_id,
        villages=factories.VILLAGE,
    )
    mine, village = BulletinCopy.objects.order_by("number")
    assert (village.region_id, village.unit) == (
        factories.VILLAGE,
        town,
    )  # the township answers for the village
    client.force_login(people.official)
    assert "待阅读的通报" in client.get("/").content.decode()
    assert client.get(at).status_code == 404
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert again(mine).state == "sent"
    text = client.get(f"{mine.get_absolute_url()}paper/").content.decode()
    assert "王某某" in text
    assert "王某林" not in text
    assert (again(mine).state, again(mine).read_by) == ("read", people.official)
    client.force_login(people.casemgr)
    assert "送达 2 份，未读 1 份" in client.get(at).content.decode()
    assert verify().broken == []


def test_the_same_way_over_rest(people, lead):
    desk, town = machine(people.casemgr), machine(people.official)
    at = desk.post(f"{API}bulletins/", {"title": "典型案例通报"}, format="json").headers["Location"]
    case = {
        "lead": lead.number, "problem": "虚报冒领问题", "facts": FACTS, "decision": DECISION,
        "changed_why": "尚未补登处理决定。", "persons": [{"name": "王某林"}],
    }  # fmt: skip
    assert desk.post(f"{at}add_case/", case, format="json").json()["person_count"] == 1
    assert_refusal(desk.post(f"{at}add_case/", case, format="json"), 422)
    assert desk.post(f"{at}remove_case/", {"case": "1"}, format="json").json()["case_count"] == 0
    assert_refusal(desk.post(f"{at}submit/", {}, format="json"), 422)
    desk.post(f"{at}add_case/", case, format="json")
    assert desk.post(f"{at}submit/", {}, format="json").json()["state"] == "submitted"
    assert_refusal(desk.post(f"{at}approve/", {}, format="json"), 403)
    assert (
        machine(people.secretary).post(f"{at}send_back/", {"note": "请核对。"}, format="json").status_code
        == 200
    )
    desk.post(f"{at}submit/", {}, format="json")
    machine(people.secretary).post(f"{at}approve/", {}, format="json")
    assert desk.post(f"{at}issue/", {}, format="json").json()["issue"] == 1
    sent = {"channel": "training", "units": ["柳溪镇人民政府"]}
    assert desk.post(f"{at}distribute/", sent, format="json").status_code == 200
    copy = town.get(f"{API}bulletin-copies/").json()["results"][0]
    assert copy["text"] is None
    got = town.post(f"{API}bulletin-copies/{copy['id']}/read/", {}, format="json").json()
    assert got["state"] == "read"
    assert "当事人" in got["text"]
    assert "王某林" not in got["text"]
    assert town.get(at).status_code == 404
    assert machine(people.otherofficial).get(f"{API}bulletin-copies/{copy['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "mask", "written"),
    [("王某林", "full", "王某林"), ("王林", "surname", "王某"), ("欧阳铁柱", "surname", "欧阳某某"), ("王", "surname", "王某"),
     ("王林", "none", "当事人")],
)  # fmt: skip
def test_names_are_written_as_the_channel_writes_them(name, mask, written):
    assert masking.masked(name, mask) == written


def test_the_papers_of_every_channel_say_the_same_but_for_the_names(people, bulletin):
    row = issued(bulletin, people)
    kept = words_of(Attachment.objects.of(row).get())
    assert "一、石桥坳村党支部书记王某林虚报冒领危房改造补助问题" in kept or "王某林" in kept
    town = Unit.objects.get(name="柳溪镇人民政府")
    for code in ("internal", "public", "training"):
        publishing.distribute(again(row), by=people.casemgr, channel=channel(code), units=[town])
    texts = {
        copy.channel.code: words_of(Attachment.objects.of(copy).get()) for copy in BulletinCopy.objects.all()
    }
    assert "王某林" in texts["internal"]
    assert ("王某林" in texts["public"], "王某某" in texts["public"]) == (False, True)
    assert ("王某" in texts["training"], "当事人" in texts["training"]) == (False, True)
    publishing.distribute(again(row), by=people.casemgr, channel=channel("public"), units=[town])
    assert BulletinCopy.objects.count() == 3  # once each


def test_informants_and_those_who_are_not_part_of_the_case_are_refused_in_one_sentence(
    people, bulletin, lead
):
    for name in ("赵无关", "欧阳铁柱"):
        for field in ("problem", "facts", "decision", "changed_why"):
            other = bulletins.draft(by=people.casemgr, title="另一期")
            with pytest.raises(RuleBroken) as refused:
                add(other, people, lead, **{field: f"据{name}反映的问题"})
            assert (refused.value.message, refused.value.field) == (bulletins.OUT, field)
    Bulletin.objects.filter(pk=bulletin.pk).update(preface="感谢欧阳铁柱同志。")
    with pytest.raises(RuleBroken, match="举报人"):
        bulletins.submit(again(bulletin), by=people.casemgr)


def test_only_concluded_cases_with_an_outcome_and_only_their_persons(people, make, lead):
    row = bulletins.draft(by=people.casemgr, title="典型案例通报")
    for other in (make("in_step"), make("concluded")):  # the second was closed without a look
        with pytest.raises(RuleBroken, match="已办结并作出处理"):
            add(row, people, other)
    with pytest.raises(RuleBroken, match="没有登记被反映人"):
        add(row, people, lead, persons=[{"name": "张三"}])
    add(row, people, lead)
    Lead.objects.filter(pk=lead.pk).update(state="signed_for", concluded_on=None, close_kind="")
    with pytest.raises(RuleBroken, match="重新办理"):
        bulletins.submit(again(row), by=people.casemgr)


def test_two_persons_and_the_database_says_it_again(people, bulletin):
    bulletins.submit(again(bulletin), by=people.casemgr)
    with pytest.raises(NotAllowed):
        bulletins.approve(again(bulletin), by=people.casemgr)
    same = factories.user(
        "deputy", unit=people.leader.home.unit, person=people.casemgr.person, username="casemgr-leads"
    )
    with pytest.raises(NotAllowed, match="同一个人"):
        bulletins.approve(again(bulletin), by=same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=bulletin.pk).update(approved_by=people.casemgr)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=bulletin.pk).update(state="issued")


def test_an_issued_bulletin_is_taken_back_only_by_a_later_one(people, bulletin, lead):
    row = issued(bulletin, people)
    town = Unit.objects.get(name="柳溪镇人民政府")
    publishing.distribute(again(row), by=people.casemgr, channel=channel("internal"), units=[town])
    with pytest.raises(WrongState):
        add(row, people, lead)
    new = bulletins.correct(again(row), by=people.casemgr, note="处分日期有误。")
    assert [case.lead for case in new.cases.all()] == [lead]
    with pytest.raises(WrongState, match="已有一份"):
        bulletins.correct(again(row), by=people.casemgr, note="又错。")
    assert again(row).state == "issued"
    new = issued(new, people)
    copy = BulletinCopy.objects.get()
    assert (again(row).state, copy.state, new.issue) == ("corrected", "withdrawn", 2)
    assert Notification.objects.filter(
        user=people.official, number=copy.number, text__contains="更正"
    ).exists()
    assert Bulletin.objects.issued().get() == again(new)
    assert verify().broken == []


def test_the_rule_of_a_channel_is_a_dated_list():
    assert {term.code: term.mask for term in BulletinChannel.objects.on()} == {
        "internal": Mask.FULL, "village_board": Mask.FULL, "public": Mask.SURNAME, "training": Mask.NONE,
    }  # fmt: skip
