"""What the vault holds of a lead may stand in no text beside it, whoever types it and however."""

import re
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Lead
from povertyaudit.core import comments, secrecy
from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.models import VaultEntry
from tests.cases.conftest import services
from tests.core.machines import API, PDF, machine

WHO = {"name": "欧阳守信", "phone": "138-0013-8000、0990-8123456", "id_number": "99010119700101108X",
       "address": "青禾县柳溪镇石桥坳村西头7组18号"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("据欧阳守信反映", "name"), ("欧阳 守信来电", "name"), ("欧阳·守信", "name"),
        ("电话１３８００１３８０００", "phone"), ("电话 138 0013 8000。", "phone"), ("联系8123456", "phone"),
        ("（0990）8123456", "phone"), ("一三八零零一三八零零零", "phone"), ("138.0013.8000", "phone"),
        ("证号９９０１０１ 19700101 108x", "id_number"), ("99010119700101108Ｘ", "id_number"),
        ("住西头7组18号", "address"), ("住西头７组 18 号", "address"),
        ("该村支书虚报冒领，涉及石桥坳村 7 户，金额 138001 元", ""), ("欧阳书记守信用", ""),
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_typed(text, part):
    assert secrecy.found_in(WHO, text) == part


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("反映人王强称", True), ("王强，男", True), ("由王强提供", True), ("王强", True), ("向王强核实", True),
        ("国王强占土地", False), ("王强盛公司中标", False), ("张王强调纪律", False),
    ],
)  # fmt: skip
def test_a_name_of_two_characters_counts_where_it_stands_as_a_word(text, hit):
    assert bool(secrecy.found_in({"name": "王强"}, text)) is hit


def test_a_village_alone_is_no_secret():
    assert secrecy.found_in({"address": "青禾县柳溪镇石桥坳村"}, "青禾县柳溪镇石桥坳村支部书记") == ""
    assert secrecy.found_in({"remark": "2026 年 3 月 5 日 20260305 来访"}, "批次 20260305") == ""


@pytest.fixture
def lead(make):
    return make("in_step", identity_status="claimed", complainant=WHO)


def test_the_register_form_says_which_field_and_not_what(people, make):
    with pytest.raises(Several) as refused:
        make(identity_status="claimed", complainant=WHO, title="欧阳守信反映村支书", text="电话13800138000",
             subjects=[{"name": "王某", "unit_text": "西头7组18号"}])  # fmt: skip
    assert [one.field for one in refused.value.errors] == ["title", "text", "subjects"]
    assert "姓名" in refused.value.errors[0].message
    assert "欧阳" not in str([one.message for one in refused.value.errors])
    assert not Lead.objects.exists()
    assert not VaultEntry.objects.exists()


def test_neither_page_keeps_a_name_in_the_summary(client, lead, people):
    client.force_login(people.inspector1)
    answer = client.post(f"{lead.get_absolute_url()}add_subject/", {"name": "欧阳守信", "kind": "other"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == [secrecy.TO_OTHERS]
    sent = machine(people.inspector1).post(
        f"{API}leads/{lead.public_id}/amend/", {"title": "欧阳守信所反映问题"}, format="json"
    )
    assert (sent.status_code, sent.json()["field"], sent.json()["message"]) == (
        422,
        "title",
        secrecy.TO_OTHERS,
    )
    assert "欧阳" not in Lead.objects.get(pk=lead.pk).title


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("finish_step", {"result": "向欧阳守信核实"}), ("finish_step", {"result": "属实", "note": "欧阳守信在场"}),
        ("press", {"note": "欧阳守信多次来电"}), ("add_number", {"issuer": "欧阳守信", "number": "1"}),
        ("recuse", {"note": "欧阳守信是我表叔"}), ("extend", {"note": "欧阳守信外出", "days": 5}),
    ],
)  # fmt: skip
def test_later_texts_are_refused_without_saying_what_matched(lead, people, verb, values):
    by = people.leader if verb == "press" else people.secretary if verb == "extend" else people.inspector1
    with pytest.raises(RuleBroken) as refused:
        getattr(services, verb)(lead, by=by, **values)
    assert refused.value.code == "vault.leak"
    assert refused.value.message == secrecy.TO_OTHERS


def test_comments_and_requests_too(lead, people):
    with pytest.raises(RuleBroken, match="保密") as refused:
        comments.write(lead, by=people.inspector1, text="明天去见欧阳守信")
    assert refused.value.field == "text"
    with pytest.raises(RuleBroken, match="保密"):
        services.request_identity(lead, by=people.inspector1, reason="是不是欧阳守信写的")
    with pytest.raises(RuleBroken, match="姓名"):
        services.reveal_complainant(lead, by=people.petition, reason="给欧阳守信回电")


def test_who_complained_is_not_noted_while_the_register_names_him(make, people):
    lead = make(identity_status="claimed", title="欧阳守信反映村支书")
    with pytest.raises(RuleBroken, match="登记的反映问题摘要里写有反映人的姓名"):
        services.note_complainant(lead, by=people.petition, complainant=WHO)
    services.amend(lead, by=people.petition, title="反映村支书")
    services.note_complainant(lead, by=people.petition, complainant=WHO)


def test_what_stood_there_before_does_not_stop_the_work(make, people):
    """A row kept earlier is not read again: only what is new."""
    lead = make("in_step", identity_status="claimed")
    step = lead.steps.get()
    type(step).objects.filter(pk=step.pk).update(proposal="向欧阳守信了解")
    services.note_complainant(lead, by=people.petition, complainant={"name": "欧阳守信"})
    services.finish_step(lead, by=people.inspector1, result="属实。")


def test_the_digits_of_a_digest_are_no_telephone(make, people):
    """A paper whose check value happens to hold the digits of his telephone is taken as any other."""
    papers = (PDF + f"\n% {n}\n".encode() for n in range(1000))
    paper, found = next(
        (one, hit) for one in papers if (hit := re.search(r"\d{7,}", sha256(one).hexdigest()))
    )
    phone = found.group()[:7]
    lead = make("in_step", identity_status="claimed", complainant={"name": "欧阳守信", "phone": phone})
    at, api = f"{API}leads/{lead.public_id}/attach/", machine(people.inspector1)

    def send(title):
        return api.post(at, {"file": SimpleUploadedFile("a.pdf", paper), "title": title}, format="multipart")

    assert (send(f"电话 {phone}").status_code, send("笔录").status_code) == (422, 201)
