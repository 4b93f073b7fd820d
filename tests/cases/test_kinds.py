"""检举控告, 申诉, 咨询求助, 意见建议 kept apart on the list; persons' own class in filters and ledger; 立案 by its day."""

import csv
import io
from datetime import timedelta

import pytest

from cases.models import Category, Lead
from povertyaudit.core import moment, saved_views
from tests.cases.conftest import services
from tests.cases.test_doors import machine
from tests.cases.test_worklists import listed, numbers, page

pytestmark = pytest.mark.django_db
KINDS = {"complaint": "检举控告", "appeal": "申诉", "consultation": "咨询求助", "suggestion": "意见建议"}


@pytest.fixture
def of_each(make):
    asked = {"subjects": [], "category": None}
    return {
        kind: make(kind=kind, **(asked if kind in ("consultation", "suggestion") else {})) for kind in KINDS
    }


def second_line(text):
    return text.split('tabs-second"')[1].split("</nav>")[0]


def test_each_kind_has_its_list_and_the_work_lists_stay_where_they_were(of_each, people):
    for kind, lead in of_each.items():
        assert listed(people.casemgr, f"/leads/?tab={kind}") == numbers(lead)
    shown = page(people.petition, "/leads/?tab=consultation")
    first, second = shown.split('<nav class="tabs"')[1].split("</nav>")[0], second_line(shown)
    assert "aria-current" not in first
    assert 'tab=consultation" aria-current="page">咨询求助' in second
    assert all(words in second for words in KINDS.values())
    assert not any(f">{words}<" in first for words in KINDS.values())
    assert ">待我办理</a>" in first
    assert listed(people.casemgr, "/leads/?counted=yes") == numbers(of_each["complaint"], of_each["appeal"])


def test_an_office_is_offered_the_kinds_that_reach_it(of_each, people):
    second = second_line(page(people.inspector1, "/leads/"))
    assert "检举控告" in second
    assert "咨询求助" not in second
    assert listed(people.inspector1, "/leads/?tab=consultation") == set()  # the address works, scope decides
    assert "意见建议" in second_line(page(people.leader, "/leads/"))


def test_a_view_kept_under_a_kind_is_the_same_over_rest(of_each, people):
    view = saved_views.create(by=people.casemgr, list_key="leads", query="tab=appeal", name="申诉件")
    assert listed(people.casemgr, f"/leads/?view={view.public_id}") == numbers(of_each["appeal"])
    told = machine(people.casemgr).get(f"/api/v1/leads/?view={view.public_id}").json()["results"]
    assert {row["number"] for row in told} == numbers(of_each["appeal"])


def test_persons_are_found_by_their_own_class_and_the_ledger_ends_with_it(make, people):
    claim, slow = Category.objects.get(code="false_claim"), Category.objects.filter(axis="style").first()
    one = make(
        subjects=[{"name": "钱有才", "category": claim, "style": slow}, {"name": "赵大有"}],
        category=None,
        style=slow,
    )
    other = make(subjects=[{"name": "孙有余"}], category=claim)
    assert listed(people.casemgr, "/leads/?person_category=false_claim") == numbers(one)
    assert listed(people.casemgr, "/leads/?category=false_claim") == numbers(other)
    assert listed(people.casemgr, f"/leads/?person_style={slow.code}") == numbers(one)
    api = machine(people.casemgr)
    told = api.get("/api/v1/leads/?person_category=false_claim").json()["results"]
    assert {row["number"] for row in told} == numbers(one)
    assert api.get("/api/v1/leads/?person_category=nothing").status_code == 400
    assert not machine(people.neighbour).get("/api/v1/leads/?person_category=false_claim").json()["results"]
    text = b"".join(api.get("/api/v1/leads/ledger.csv").streaming_content).decode("utf-8-sig")
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(text))}
    ends = ["person_categories", "person_categories_display", "person_styles", "person_styles_display"]
    assert list(rows[one.number])[-4:] == ends
    assert [rows[one.number][name] for name in ends] == [
        "false_claim", f"钱有才：{claim.name}", slow.code, f"钱有才：{slow.name}",
    ]  # fmt: skip
    assert [rows[other.number][name] for name in ends] == [""] * 4


def test_leads_are_listed_by_the_day_of_filing(make, people):
    today = moment.today()
    filed, _open = make("case_filed"), make("proposed")
    Lead.objects.filter(pk=filed.pk).update(filed_on=today - timedelta(days=3))
    api = machine(people.casemgr)
    for first, last, found in ((3, 3, True), (2, 0, False), (9, 4, False)):
        days = f"filed_from={today - timedelta(days=first)}&filed_to={today - timedelta(days=last)}"
        wanted = numbers(filed) if found else set()
        assert listed(people.casemgr, f"/leads/?{days}") == wanted
        assert {row["number"] for row in api.get(f"/api/v1/leads/?{days}").json()["results"]} == wanted
    assert "立案不早于" in page(people.casemgr, "/leads/")


def test_a_person_moved_to_another_class_is_found_there(make, people):
    claim = Category.objects.get(code="false_claim")
    lead = make(subjects=[{"name": "钱有才"}])
    services.amend_subject(
        lead, by=people.petition, subject=lead.subjects.get(), category=claim, note="来信写明。"
    )
    assert listed(people.casemgr, "/leads/?person_category=false_claim") == numbers(lead)
    answer = machine(people.petition).post(
        f"/api/v1/leads/{lead.public_id}/amend_subject/",
        {
            "subject": "1",
            "category": "",
            "style": Category.objects.filter(axis="style").first().code,
            "note": "更正。",
        },
        format="json",
    )
    assert answer.status_code == 200, answer.json()
    assert listed(people.casemgr, "/leads/?person_category=false_claim") == set()
