"""被反映人: what is kept of a person, what must agree, who may put it right, and what never leaves the house."""

import pytest
from rest_framework.test import APIClient

from cases.models import Lead, LeadSubject, ManagedBy
from povertyaudit.core import audit, hashing, idnumbers, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several
from povertyaudit.core.models import AuditEntry, AuditValue
from povertyaudit.core.verify import verify
from tests.cases.conftest import services


def checked(seventeen):
    """The number with its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


NUMBER = checked("99010119750615123")
WHOLE = {
    "name": "钱大有", "unit_text": "柳溪镇人民政府", "post_text": "副镇长", "kind": "party_official", "number_one": "on",
    "rank_text": "四级主任科员", "rank_kind": "township", "managed_by": "county", "congress_seat": "county",
    "id_number": NUMBER, "ethnicity": "土家", "education": "bachelor", "political_status": "member",
    "party_entry_month": "1998年7月",
}  # fmt: skip


@pytest.fixture
def api(people):
    client = APIClient()

    def act(who, lead, verb, **body):
        client.force_authenticate(getattr(people, who))
        return client.post(f"/api/v1/leads/{lead.public_id}/{verb}/", body, format="json")

    client.act = act
    return client


def test_a_person_is_added_whole_on_the_page_and_read_there_and_over_rest(client, api, people, make):
    lead = make(subjects=[])
    client.force_login(people.casemgr)
    answer = client.post(f"/leads/{lead.public_id}/add_subject/", WHOLE)
    assert answer.status_code == 302
    person = LeadSubject.objects.get(lead=lead)
    assert (person.birth_month, person.gender, person.ethnicity) == ("1975-06", "male", "土家族")
    assert person.managed_by.name == "县管干部"
    page = client.get(lead.get_absolute_url()).content.decode()
    for words in (
        "一把手",
        "四级主任科员",
        "县管干部",
        "县级人大代表",
        "1975-06 生",
        "1998-07 入党",
        f"末四位 {NUMBER[-4:]}",
    ):
        assert words in page
    api.force_authenticate(people.casemgr)
    told = api.get(f"/api/v1/leads/{lead.public_id}/").json()["subjects"][0]
    assert told["managed_by"] == "county"
    assert told["id_last4"] == NUMBER[-4:]


def test_the_id_number_is_nowhere_and_its_last_four_only_with_those_who_handle_it(client, people, make, api):
    lead = make("signed_for", subjects=[{"name": "钱大有", "id_number": NUMBER}])
    api.act("inspector1", lead, "amend_subject", subject="1", id_number=checked("99010119800101002"))
    client.force_login(people.leader)
    assert "末四位" not in client.get(lead.get_absolute_url()).content.decode()
    api.force_authenticate(people.ledgerclient)
    assert api.get(f"/api/v1/leads/{lead.public_id}/").json()["subjects"][0]["id_last4"] is None
    texts = [str(list(model.objects.values())) for model in (LeadSubject, Lead, AuditEntry, AuditValue)]
    texts += [api.get(f"/api/v1/leads/{lead.public_id}/").content.decode()]
    texts += [b"".join(api.get("/api/v1/leads/ledger.ndjson").streaming_content).decode()]
    assert not any(NUMBER[6:14] in text or NUMBER in text for text in texts)
    changed = AuditEntry.objects.get(verb="lead.amend_subject")
    assert changed.changes["id_number"] == "changed"


def test_the_same_number_gives_the_same_digest_and_another_key_another_one(settings):
    first = idnumbers.known(NUMBER).digest
    assert idnumbers.known(NUMBER).digest == first
    settings.ID_MATCH_KEY = "another-key-for-this-story-alone-1234"
    assert idnumbers.known(NUMBER).digest != first


BAD = [
    ("a digit too few", {"id_number": NUMBER[:-1]}, "id_number", "18 位"),
    ("one digit wrong", {"id_number": NUMBER[:5] + "2" + NUMBER[6:]}, "id_number", "校验不符"),
    ("a day that is none", {"id_number": checked("99010119750230123")}, "id_number", "出生日期"),
    ("not yet born", {"id_number": checked("99010120990101123")}, "id_number", "出生日期"),
    ("another month than the number", {"id_number": NUMBER, "birth_month": "1975-07"}, "birth_month", "1975-06"),
    ("another sex than the number", {"id_number": NUMBER, "gender": "female"}, "gender", "男"),
    ("no month", {"birth_month": "1975-13"}, "birth_month", "1975-06"),
    ("born next year", {"birth_month": "2099-01"}, "birth_month", "晚于本月"),
    ("party month of a non-member", {"political_status": "none", "party_entry_month": "1998-07"},
     "party_entry_month", "只有中共党员"),
    ("party month without status", {"party_entry_month": "1998-07"}, "party_entry_month", "只有中共党员"),
    ("in the party before birth", {"political_status": "member", "birth_month": "1975-06", "party_entry_month": "1974-07"},
     "party_entry_month", "晚于出生年月"),
    ("in the party as a child", {"political_status": "member", "birth_month": "1975-06", "party_entry_month": "1993-05"},
     "party_entry_month", "18 周岁"),
    ("in the party next year", {"political_status": "member", "party_entry_month": "2099-07"},
     "party_entry_month", "晚于本月"),
    ("a member who is none", {"kind": "party_official", "political_status": "none"}, "political_status", "中共党员"),
    ("a head who is no member", {"kind": "official", "principal": True, "political_status": "league"},
     "political_status", "主要负责人"),
    ("no such people", {"ethnicity": "火星"}, "ethnicity", "民族"),
    ("a township's CPPCC", {"cppcc_seat": "township"}, "cppcc_seat", ""),
    ("no such term", {"managed_by": "nobody"}, "managed_by", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_does_not_agree_is_said_at_its_field_on_page_and_over_rest(
    client, api, people, make, values, field, words
):
    lead = make(subjects=[])
    client.force_login(people.casemgr)
    typed = {"name": "钱大有", "kind": "unknown"} | values
    answer = client.post(f"/leads/{lead.public_id}/add_subject/", typed)
    assert answer.status_code in (400, 422)
    assert words in answer.context["form"].errors[field][0] or field == "cppcc_seat"
    refused = api.act("casemgr", lead, "add_subject", **{"name": "钱大有"} | values)
    assert refused.status_code in (400, 422)
    assert refused.json()["field"] == field
    assert not LeadSubject.objects.filter(lead=lead).exists()


def test_in_a_registration_the_refusal_says_which_person(make):
    with pytest.raises(RuleBroken) as refused:
        make(subjects=[{"name": "钱大有"}, {"name": "孙某", "party_entry_month": "1998-07"}])
    assert refused.value.field == "subjects"
    assert str(refused.value).startswith("第 2 名被反映人：只有中共党员")
    assert not Lead.objects.exists()


def test_several_contradictions_are_told_at_once(make):
    lead = make(subjects=[])
    with pytest.raises(Several) as refused:
        services.add_subject(
            lead, by=make.people.casemgr, name="钱", ethnicity="火星", party_entry_month="1998-07"
        )
    assert {one.field for one in refused.value.errors} == {"ethnicity", "party_entry_month"}


def test_a_person_is_put_right_by_page_and_the_record_keeps_old_and_new(client, people, make):
    lead = make()
    person = lead.subjects.get()
    client.force_login(people.casemgr)
    url = f"/leads/{lead.public_id}/amend_subject/?subject={person.public_id}"
    form = client.get(url)
    assert "更正被反映人：王某某" in form.content.decode()
    typed = {
        "name": "王大力",
        "unit_text": "石桥坳村",
        "post_text": "支部书记",
        "kind": "village_cadre",
        "note": "核对来信。",
    }
    assert client.post(url, typed).status_code == 302
    assert LeadSubject.objects.get(pk=person.pk).name == "王大力"
    entry = AuditEntry.objects.get(verb="lead.amend_subject")
    assert audit.told(entry)["subject_name"] == ["王某某", "王大力"]
    assert "王大力" not in str(entry.changes)
    again = client.post(url, typed)
    assert again.status_code == 422
    assert "没有任何改动" in again.content.decode()
    assert verify().broken == []


def test_birth_month_and_sex_stay_what_the_id_number_says(make):
    lead = make(subjects=[{"name": "钱大有", "id_number": NUMBER}])
    person = lead.subjects.get()
    with pytest.raises(RuleBroken) as refused:
        services.amend_subject(lead, by=make.people.casemgr, subject=person, birth_month="1976-06")
    assert refused.value.field == "id_number"
    services.amend_subject(lead, by=make.people.casemgr, subject=person, education="college")


def test_one_entered_by_mistake_is_removed_with_the_reason_and_not_the_last_of_a_lead_without_text(
    api, people, make
):
    lead = make(subjects=[{"name": "钱大有"}, {"name": "李四"}])
    assert api.act("casemgr", lead, "remove_subject", subject="2").status_code == 400
    answer = api.act("casemgr", lead, "remove_subject", subject="2", note="误将反映人登记为被反映人。")
    assert [one["name"] for one in answer.json()["subjects"]] == ["钱大有"]
    assert verify().broken == []
    bare = make(text="", subjects=[{"name": "孙某"}])
    refused = api.act("casemgr", bare, "remove_subject", subject="1", note="误登。")
    assert (refused.status_code, refused.json()["code"]) == (422, "subject.last")


def test_only_those_who_may_amend_the_lead_put_its_persons_right_and_a_neighbour_finds_nothing(
    api, people, make
):
    lead, other = make("signed_for"), make()
    person = lead.subjects.get()
    with pytest.raises(NotAllowed):
        services.amend_subject(lead, by=people.petition, subject=person, name="王大力")
    assert api.act("neighbour", lead, "amend_subject", subject="1", name="王大力").status_code == 404
    with pytest.raises(RuleBroken):
        services.amend_subject(lead, by=people.inspector1, subject=other.subjects.get(), name="王大力")
    foreign = api.act(
        "inspector1", lead, "remove_subject", subject=other.subjects.get().public_id, note="误登。"
    )
    assert foreign.status_code == 400


def test_a_term_keeps_the_words_of_the_day_the_lead_was_received(make):
    ManagedBy.objects.filter(code="city").update(valid_from=moment.today())
    with pytest.raises(RuleBroken) as refused:
        make(subjects=[{"name": "钱大有", "managed_by": ManagedBy.objects.get(code="city")}])
    assert "没有启用" in str(refused.value)


def test_a_person_from_before_these_columns_still_has_his_digest_and_one_slipped_in_is_seen(make):
    person = make().subjects.get()
    columns = {f.attname: getattr(person, f.attname) for f in LeadSubject._meta.concrete_fields}
    added = LeadSubject.later_columns | LeadSubject.derived_columns
    old = {name: value for name, value in columns.items() if name not in added}
    assert list(audit.row_digests([person]).values()) == [hashing.digest(old)]
    LeadSubject.objects.filter(pk=person.pk).update(number_one=True)
    assert "改动" in verify().broken[0]
