"""One verb for many ticked rows: who is offered it, each row for itself, nothing twice, the same over REST."""

import re

import pytest
from django.db import OperationalError

from cases.models import Lead
from cases.workflow import LEAD
from povertyaudit.core import bulk
from povertyaudit.core.models import AuditEntry
from rectification.workflow import ITEM
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import API, assert_refusal, machine

pytestmark = pytest.mark.django_db
SIGN_FOR = "/leads/bulk/sign_for/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def make(people):
    return Maker(people)


@pytest.fixture
def inspector(client, people):
    client.force_login(people.inspector1)
    return client


def ids(*leads):
    return [lead.public_id for lead in leads]


def ticked(answer):
    """The rows the form page would send, each with the version that was seen."""
    return re.findall(r'name="ids" value="([^"]+)"', text(answer))


def press(client, path, shown, **values):
    mark = re.search(r'name="once" value="([^"]+)"', text(shown)).group(1)
    return client.post(path, {"go": "1", "once": mark, "ids": ticked(shown), **values})


def outcomes(answer):
    """{number: (已办理 or 未办理, sentence)}"""
    rows = re.findall(r"<tr role=\"row\">\s*<td.*?</tr>", text(answer), re.DOTALL)
    cells = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for row in rows
    ]
    return {cell[0]: (cell[2], cell[3]) for cell in cells}


# what a list offers


def test_rows_can_be_ticked_where_a_post_has_a_verb_for_many(inspector, make):
    lead = make("dispatched")
    page = text(inspector.get("/leads/"))
    assert f'name="ids" value="{lead.public_id}" data-takes="sign_for press"' not in page, (
        "an inspector does not press"
    )
    assert re.search(rf'value="{lead.public_id}" data-takes="sign_for assign"', page)
    assert 'formaction="/leads/bulk/sign_for/"' in page
    assert 'formaction="/leads/bulk/press/"' not in page


def test_nothing_is_ticked_where_no_post_has_any(client, people, make):
    make("dispatched")
    client.force_login(people.petition)
    assert 'name="ids"' not in text(client.get("/leads/"))
    client.force_login(people.finance)
    assert 'name="ids"' not in text(client.get("/misuses/"))


def test_what_must_be_looked_at_before_signing_stays_single():
    for flow, many in (
        (LEAD, {"dispatch", "sign_for", "press", "assign", "join_batch"}),
        (
            ITEM,
            {"issue", "accept", "press", "set_rhythm", "set_publication", "verify"},
        ),  # verify: simple ones
    ):
        assert {step.name for step in flow.transitions.values() if step.bulk} == many


# the form page and the results


def test_each_row_is_done_by_itself_and_leaves_its_own_line(inspector, people, make):
    first, second = make("dispatched"), make("dispatched")
    shown = inspector.post(SIGN_FOR, {"ids": ids(first, second)})
    assert shown.status_code == 200
    assert first.number in text(shown)
    answer = press(inspector, SIGN_FOR, shown, note="已收到。")
    assert outcomes(answer) == {lead.number: ("已办理", "已签收。") for lead in (first, second)}
    assert set(Lead.objects.values_list("state", flat=True)) == {"signed_for"}
    assert AuditEntry.objects.filter(verb="lead.sign_for", actor=people.inspector1).count() == 2


def test_rows_that_cannot_take_it_are_named_with_the_reason_and_left_alone(inspector, make):
    able, unable = make("dispatched"), make("proposed")
    shown = inspector.post(SIGN_FOR, {"ids": [*ids(able, unable), "nowhere"]})
    assert "2 条现在不能签收" in text(shown)
    assert "当前状态为“待审批”" in text(shown)
    assert "1 条没有找到，或您无权查看。" in text(shown)
    assert ticked(shown) == [f"{able.public_id}.{able.version}"]
    assert list(outcomes(press(inspector, SIGN_FOR, shown))) == [able.number]
    only = inspector.post(SIGN_FOR, {"ids": ids(unable)})
    assert 'name="go"' not in text(only)


def test_a_row_refused_at_the_last_moment_spoils_no_other(inspector, people, make):
    early, late = make("dispatched"), make("dispatched")
    shown = inspector.post(SIGN_FOR, {"ids": ids(early, late)})
    inspector.post(f"/leads/{early.public_id}/sign_for/", {"note": ""})
    found = outcomes(press(inspector, SIGN_FOR, shown))
    assert found[early.number] == ("未办理", "此前已签收，没有重复办理。")
    assert found[late.number][0] == "已办理"


def test_a_row_somebody_changed_meanwhile_is_not_done(inspector, people, make):
    lead = make("dispatched")
    shown = inspector.post("/leads/bulk/assign/", {"ids": ids(lead)})
    inspector.post(f"/leads/{lead.public_id}/assign/", {"handler": people.inspector2.public_id})
    found = outcomes(press(inspector, "/leads/bulk/assign/", shown, handler=people.inspector1.public_id))
    assert found[lead.number][0] == "未办理"
    assert "已被他人修改" in found[lead.number][1]


def test_the_same_form_pressed_again_does_nothing_twice(client, people, make):
    lead = make("dispatched")
    client.force_login(people.casemgr)
    shown = client.post("/leads/bulk/press/", {"ids": ids(lead)})
    for _ in range(2):
        assert (
            outcomes(press(client, "/leads/bulk/press/", shown, note="请抓紧。"))[lead.number][0] == "已办理"
        )
    assert Lead.objects.get(pk=lead.pk).pressed_times == 1


def test_after_a_kill_the_rest_is_done_and_the_done_left(inspector, people, make, monkeypatch):
    first, second = make("dispatched"), make("dispatched")
    rows = bulk.find(Lead.objects.visible_to(people.inspector1), ids(first, second))
    step, seen = LEAD.transitions["sign_for"], []

    def service(row, *, by, expected_version, **values):
        seen.append(row.public_id)

    half = bulk.carry_out(rows, step, service, {}, by=people.inspector1, mark="m")
    next(half)
    half.close()  # killed after the first
    assert all(one.ok for one in bulk.carry_out(rows, step, service, {}, by=people.inspector1, mark="m"))
    assert seen == ids(first, second)


def test_a_busy_database_is_the_rows_result_and_not_the_pages_end(people, make):
    lead = make("dispatched")
    rows = bulk.find(Lead.objects.visible_to(people.inspector1), ids(lead))

    def service(row, **values):
        raise OperationalError("database is locked")

    (one,) = bulk.carry_out(rows, LEAD.transitions["sign_for"], service, {}, by=people.inspector1)
    assert (one.status, one.code) == (409, "busy")


def test_a_missing_reason_is_asked_for_once_and_nothing_is_done(client, people, make):
    lead = make("dispatched")
    client.force_login(people.casemgr)
    shown = client.post("/leads/bulk/press/", {"ids": ids(lead)})
    answer = press(client, "/leads/bulk/press/", shown, note=" ")
    assert answer.status_code == 400
    assert ticked(answer) == ticked(shown)
    assert Lead.objects.get(pk=lead.pk).pressed_times == 0


def test_many_leads_are_dispatched_to_one_office_by_one_instruction(client, people, make):
    leads = [make(), make()]
    client.force_login(people.casemgr)
    shown = client.post("/leads/bulk/dispatch/", {"ids": ids(*leads)})
    answer = press(
        client, "/leads/bulk/dispatch/", shown, mode="self", handling_unit="第一监督检查室",
        leader=people.leader.public_id, instruction="请一室核实。",
    )  # fmt: skip
    assert {result for result, _ in outcomes(answer).values()} == {"已办理"}
    assert set(Lead.objects.values_list("state", flat=True)) == {"dispatched"}


@pytest.mark.parametrize(
    "said", [{}, {"ids": []}, {"ids": ["x\x00"]}, {"ids": ["a"] * 3}, {"ids": ["é" * 5000]}]
)
def test_nonsense_is_refused_in_a_sentence(inspector, said):
    answer = inspector.post(SIGN_FOR, said)
    assert answer.status_code in {200, 422}
    assert "请先勾选" in text(answer) or "没有找到" in text(answer) or "签收" in text(answer)


def test_a_hundred_rows_at_a_time(inspector, people):
    answer = inspector.post(SIGN_FOR, {"ids": [f"id{n}" for n in range(101)]})
    assert answer.status_code == 422
    assert "一次最多办理 100 条" in text(answer)


def test_a_bare_address_leads_to_the_list_and_back_is_never_elsewhere(inspector, make):
    assert inspector.get(SIGN_FOR).url == "/leads/"
    shown = inspector.post(SIGN_FOR, {"ids": ids(make("dispatched")), "back": "//example.org"})
    assert 'href="/leads/"' in text(shown)
    assert "example.org" not in re.sub(r'name="back"[^>]*>', "", text(shown))


def test_a_neighbour_finds_nothing_to_do(client, people, make):
    lead = make("dispatched")
    client.force_login(
        factories.user("supervision", unit=people.neighbour.home.unit, region=factories.YUNPING)
    )
    shown = client.post(SIGN_FOR, {"ids": ids(lead)})
    assert lead.number not in text(shown)
    assert 'name="go"' not in text(shown)


def test_judging_fifty_rows_costs_no_more_queries_than_one(inspector, make, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            inspector.get("/leads/")
        return len(counted)

    make("dispatched")
    one = cost()
    for _ in range(5):
        make("dispatched")
    assert cost() == one


# the same over REST


def test_over_rest_every_row_answers_for_itself(people, make):
    able, proposed = make("dispatched"), make("proposed")
    caller = machine(people.inspector1)
    body = {"ids": [able.number, proposed.public_id, "nowhere", able.public_id], "note": "已收。"}
    answer = caller.post(f"{API}leads/bulk/sign_for/", body, format="json")
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [(one["id"], one["status"], one["code"]) for one in results] == [
        (able.public_id, 200, "done"),
        (proposed.public_id, 409, "sign_for.state"),
        ("nowhere", 404, "not_found"),
    ]
    again = caller.post(f"{API}leads/bulk/sign_for/", body, format="json").json()["results"][0]
    assert (again["ok"], again["code"]) == (False, "sign_for.already")


def test_over_rest_rows_outside_ones_scope_are_not_there(people, make):
    lead = make("dispatched")
    answer = machine(people.neighbour).post(
        f"{API}leads/bulk/press/", {"ids": ids(lead), "note": "x"}, format="json"
    )
    assert [one["status"] for one in answer.json()["results"]] == [404]


def test_over_rest_a_post_without_the_verb_is_refused_row_by_row(people, make):
    lead = make("dispatched")
    answer = machine(people.casemgr).post(f"{API}leads/bulk/sign_for/", {"ids": ids(lead)}, format="json")
    assert [one["status"] for one in answer.json()["results"]] == [403]
    assert Lead.objects.get(pk=lead.pk).state == "dispatched"


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"ids": []}, 422), ({"ids": "x"}, 400), ({"ids": [1, None]}, 400), ({"ids": ["a"], "x": 1}, 400),
     ({"ids": [f"{n}" for n in range(101)]}, 422), ({"ids": [["a"]]}, 400)],
)  # fmt: skip
def test_over_rest_a_malformed_body_is_refused_whole(people, body, status):
    assert_refusal(machine(people.inspector1).post(f"{API}leads/bulk/sign_for/", body, format="json"), status)


def test_over_rest_the_same_key_does_nothing_twice(people, make):
    lead = make("dispatched")
    caller, body = machine(people.casemgr), {"ids": ids(lead), "note": "请抓紧。"}
    for _ in range(2):
        answer = caller.post(
            f"{API}leads/bulk/press/", body, format="json", headers={"Idempotency-Key": "k1"}
        )
        assert answer.json()["results"][0]["ok"]
    assert Lead.objects.get(pk=lead.pk).pressed_times == 1
