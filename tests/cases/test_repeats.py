"""重复件: what is offered as one, why, to whom; merged, linked, kept apart; and the search through the backlog."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases import matching
from cases.models import Lead, LeadPrint
from cases.services import repeats
from povertyaudit.core import daily, jobs, likeness, moment
from povertyaudit.core.models import Clock, Job, Notification, Region
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_people import checked

NUMBER = checked("99010119750615123")
TEXT = "石桥坳村申报油茶新种 120 亩，实际只种了三十来亩，其余是荒坡，套取补助 2.6 万元，验收表上的照片是邻村的地。"
AGAIN = "石橋坳村申報油茶新種１２０畝，實際只種了三十來畝，其餘是荒坡；套取補助二萬六千元，驗收表上的照片是鄰村的地"
OTHER = (
    "镇民政办经办人办理临时救助时暗示群众要走动走动，送去土特产以后第三天才批下来，群众意见很大，请上级核实。"
)


@pytest.fixture
def api(people):
    client = APIClient()

    def ask(who, path, **body):
        client.force_authenticate(getattr(people, who))
        url = f"/api/v1/leads/{path}"
        return client.post(url, body, format="json") if body else client.get(url)

    client.ask = ask
    return client


@pytest.fixture
def first(make):
    return make(
        title="反映虚报种植面积",
        text=TEXT,
        subjects=[{"name": "钱大有", "unit_text": "石桥坳村"}],
        amount_fen=2600000,
    )


def again(make, **more):
    values = {"title": "反映虚報種植面積", "text": AGAIN, "subjects": [{"name": "錢大有", "unit_text": "石桥坳村"}],
              "amount_fen": 2600000} | more  # fmt: skip
    return make(**values)


def found(lead, user):
    fresh = Lead.objects.get(pk=lead.pk)
    return {one.lead.pk: one for one in matching.candidates(fresh, Lead.objects.visible_to(user))}


def test_one_text_is_one_text_however_it_is_written():
    assert likeness.plain(TEXT) == likeness.plain(AGAIN)
    assert likeness.plain("贰萬陸仟元、26,000元、2.6万元") == "26000元" * 3
    assert likeness.plain("十五元；一百二十万元；一万零五十元") == "15元1200000元10050元"
    one, other = (likeness.pairs(likeness.plain(text)) for text in (TEXT, OTHER))
    assert likeness.likeness(one, one) == 1
    assert likeness.likeness(one, other) < 0.2
    assert likeness.likeness(one, frozenset()) == 0


def test_a_repeat_is_found_with_every_reason_and_a_stranger_is_not(make, people, first):
    second = again(make)
    make(
        title="反映救助请客送礼",
        text=OTHER,
        subjects=[{"name": "孙一民"}],
        region=Region.objects.get(code=factories.OTHER_TOWN),
    )
    offered = found(second, people.casemgr)
    assert set(offered) == {first.pk}
    assert {match.what for match in offered[first.pk].said} == {"name_unit", "village", "sum", "date", "text"}
    words = offered[first.pk].words
    for part in (
        "姓名和单位相同（錢大有）",
        "同村（石桥坳村）",
        "金额相同（26,000.00 元）",
        "同日受理",
        "内容相似 ",
    ):
        assert part in words
    assert offered[first.pk].strength == "很可能"


NEAR_MISSES = [
    ("only the name, elsewhere", {"text": OTHER, "subjects": [{"name": "钱大有", "unit_text": "县民政局"}], "region": "other"}, set()),
    ("only the village", {"text": OTHER, "subjects": []}, set()),
    ("the same letter about another person elsewhere", {"subjects": [{"name": "孙一民"}], "region": "other"}, set()),
    ("the same letter without a name elsewhere", {"subjects": [], "region": "other"}, {"text"}),
    ("a masked name is no name", {"subjects": [{"name": "某某某"}], "text": OTHER}, set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"), [case[1:] for case in NEAR_MISSES], ids=[case[0] for case in NEAR_MISSES]
)
def test_near_misses(make, people, first, changes, expected):
    if changes.get("region"):
        changes = changes | {"region": Region.objects.get(code=factories.OTHER_TOWN)}
    second = again(
        make,
        title="反映有关问题",
        amount_fen=None,
        received_on=moment.today() - timedelta(days=60),
        **changes,
    )
    offered = found(second, people.casemgr)
    assert expected <= {match.what for one in offered.values() for match in one.said}
    assert bool(offered) == bool(expected)
    assert not any(one.score >= matching.STRONG for one in offered.values())


def test_the_same_id_number_finds_a_person_under_another_name_and_two_numbers_part_two_of_one_name(
    make, people
):
    one = make(title="甲", text=TEXT, subjects=[{"name": "钱大有", "id_number": NUMBER}])
    same = make(title="乙", text=OTHER, subjects=[{"name": "钱老大", "id_number": NUMBER}])
    assert found(same, people.casemgr)[one.pk].matches[0].what == "id"
    two = make(
        title="丙", text=OTHER, subjects=[{"name": "钱大有", "id_number": checked("99010119800101001")}]
    )
    assert one.pk not in found(two, people.casemgr)
    rows = Lead.objects.visible_to(people.casemgr)
    (person,) = matching.elsewhere(one, rows).values()
    assert [(each.lead.pk, each.certain) for each in person] == [(same.pk, True)]


def test_only_leads_in_scope_are_offered_counted_or_named(make, people, first, api, client):
    second = again(make, by=people.inspector1, channel="own_discovery")
    for path in ("repeats/", "also_in/"):
        answer = api.ask("inspector1", f"{second.public_id}/{path}")
        assert first.number not in answer.content.decode()
        assert api.ask("neighbour", f"{second.public_id}/{path}").status_code == 404
    client.force_login(people.inspector1)
    for url in (second.get_absolute_url(), f"{second.get_absolute_url()}repeats/"):
        page = client.get(url).content.decode()
        assert first.number not in page
        assert "另在" not in page
    client.force_login(people.casemgr)
    page = client.get(second.get_absolute_url()).content.decode()
    assert (
        f'另在 1 件线索中被反映：<a class="number" href="{first.get_absolute_url()}">{first.number}</a>（同名、同单位）'
        in page
    )
    told = api.ask("casemgr", f"{second.public_id}/also_in/").json()
    assert [(one["number"], one["matched"], one["certain"]) for one in told] == [
        (first.number, "name_unit", True)
    ]


def test_a_name_alone_is_never_called_certain(make, people, first, client):
    other = make(title="反映救助请客送礼", text=OTHER, subjects=[{"name": "钱大有", "unit_text": "县民政局"}],
                 region=Region.objects.get(code=factories.OTHER_TOWN))  # fmt: skip
    client.force_login(people.casemgr)
    page = client.get(other.get_absolute_url()).content.decode()
    assert "另有 1 件同名，不能确定是同一人" in page
    assert "另在" not in page


def test_after_registering_on_the_page_the_desk_sees_what_it_repeats_and_merges_it_at_once(
    client, people, first
):
    client.force_login(people.petition)
    form = {
        "channel": "letter", "kind": "complaint", "identity_status": "claimed", "name": "李四", "phone": "0990-5123456", "amount_fen": "26000", "received_on": str(moment.today()),
        "region": factories.VILLAGE, "category": "false_claim", "title": "反映虚報種植面積", "text": AGAIN,
        "subjects-TOTAL_FORMS": "1", "subjects-INITIAL_FORMS": "0", "subjects-0-name": "錢大有", "subjects-0-kind": "unknown",
        "other_numbers-TOTAL_FORMS": "1", "other_numbers-INITIAL_FORMS": "0", "other_numbers-0-issuer": "市信访室",
        "other_numbers-0-number": "9901-12",
    }  # fmt: skip
    answer = client.post("/leads/new/", form | {"check_note": "已核对来信。"})
    lead = Lead.objects.latest("pk")
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.headers["Location"] == f"{lead.get_absolute_url()}repeats/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "很可能" in page
    assert f"merge/?into={first.number}" in page
    assert (
        f'value="{first.number}"'
        in client.get(f"{lead.get_absolute_url()}merge/?into={first.number}").content.decode()
    )
    assert client.post(f"{lead.get_absolute_url()}merge/", {"into": first.number}).status_code == 302
    lead.refresh_from_db()
    first.refresh_from_db()
    assert (lead.state, first.repeats) == ("merged", 1)
    page = client.get(first.get_absolute_url()).content.decode()
    for words in ("并入的重复件", lead.number, "来信", "市信访室 9901-12"):
        assert words in page
    assert matching.candidates(first, Lead.objects.all()) == []


def test_rest_says_what_a_new_lead_repeats_and_registers_it_all_the_same(api, people, first):
    body = {"channel": "letter", "received_on": str(moment.today()), "title": "反映虚报种植面积", "text": AGAIN,
            "region": factories.VILLAGE, "category": "false_claim", "subjects": [{"name": "钱大有"}]}  # fmt: skip
    answer = api.ask("petition", "", **body)
    assert answer.status_code == 201
    (offered,) = answer.json()["possible_repeats"]
    assert offered["number"] == first.number
    assert {"name_place", "village", "text"} <= {match["what"] for match in offered["matches"]}
    assert answer.json()["number"]


def test_a_repeat_is_not_acknowledged_again_but_who_gave_his_name_to_an_unsigned_matter_is_told_once(
    make, people
):
    named = {"identity_status": "claimed", "complainant": {"name": "李四"}}
    signed, unsigned = make(**named), make()
    for main, owed in ((signed, False), (unsigned, True)):
        lead = make(**named)
        services.merge(lead, by=people.casemgr, into=main)
        lead.refresh_from_db()
        assert lead.acknowledgement_owed is owed
        assert Clock.objects.of(lead).open().filter(code="lead.acknowledge").exists() is owed
    services.acknowledge(lead, by=people.petition, acknowledged_on=moment.today())
    assert not Clock.objects.of(lead).open().exists()


def test_what_changes_a_lead_changes_what_it_is_found_by(make, people, first):
    second = again(make, title="反映有关问题", text=OTHER, subjects=[], amount_fen=None)
    assert not found(second, people.casemgr)
    services.add_subject(second, by=people.casemgr, name="钱大有", unit_text="石桥坳村")
    assert found(second, people.casemgr)[first.pk].matches[0].what == "name_unit"
    services.remove_subject(second, by=people.casemgr, subject=second.subjects.get(), note="误登。")
    assert not found(second, people.casemgr)
    services.amend(second, by=people.casemgr, text=AGAIN)
    assert "text" in {match.what for match in found(second, people.casemgr)[first.pk].said}


def test_the_clock_has_a_new_lead_looked_at_once(make, people, first):
    assert "repeats:0" in daily.tick()
    assert jobs.run(Job.objects.get(kind="repeats").pk) == "done"
    assert not any(key.startswith("repeats") for key in daily.tick())
    again(make)
    daily.tick()
    daily.tick()
    assert Job.objects.filter(kind="repeats").count() == 2


def test_leads_without_keys_are_asked_for_too(make, people, first):
    jobs.run(repeats.ask().pk)
    assert repeats.owed(moment.today(), moment.now()) == []
    LeadPrint.objects.update(rules=0)  # as after an upgrade
    assert len(repeats.owed(moment.today(), moment.now())) == 1


def test_the_handler_hears_of_a_repeat_and_not_its_number(make, people):
    main, lead = make("signed_for"), make()
    services.merge(lead, by=people.casemgr, into=main)
    told = Notification.objects.get(user=people.inspector1, kind="lead.receive_merge")
    assert main.number in told.text
    assert lead.number not in told.text


def test_finding_costs_the_same_number_of_queries_with_few_leads_and_with_many(make, people, first):
    def cost():
        lead = Lead.objects.select_related("region").get(pk=second.pk)
        with CaptureQueriesContext(connection) as captured:
            assert matching.candidates(lead, Lead.objects.visible_to(people.casemgr))
        return len(captured)

    second = again(make)
    people.casemgr.current_posts()
    few = cost()
    for _ in range(5):
        again(make)
    assert cost() == few <= 10
