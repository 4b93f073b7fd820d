"""线索办理结果 on the page of a round: who counts, and that each figure opens its rows for whoever may read it."""

import pytest

from cases import services as cases
from cases.models import Accountability, Category, Handover
from cases.services import asking
from inspections import services
from inspections.models import Opinion
from povertyaudit.core import moment
from tests import factories
from tests.demo.figures import followed
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db
NAMED = (  # kind, name, measure
    ("person", "陶守成", "admonish"), ("person", "廉初霁", "talk"), ("person", "费守拙", "none"),
    ("unit", "柳溪镇党委", "talk"), ("unit", "县水利局党组", "circular"), ("place", "石桥坳村", "examine"),
)  # fmt: skip
HELD = {"问责": 1, "问责单位": 1, "问责地方": 1, "约谈": 1, "约谈单位": 1}


@pytest.fixture
def round_(people):
    """A round with a problem and a lead the registry registered."""
    made = makers.round_(people)
    makers.finding(people, made)
    services.hand_lead(handed.fresh(made), by=people.patrol1, leads=[{"title": "一", "persons": "费守拙"}])
    book = Handover.objects.get()
    line = book.rows.get()
    book = cases.record_handover_receipt(book, by=people.casemgr, receipt_by="案管室")
    category = Category.objects.get(code="embezzle")
    cases.register_row(book, by=people.casemgr, row=line, title="一", region=made.region, category=category)
    lead = made.handed_leads.get().row.lead
    office = people.inspector1.home.unit
    cases.dispatch(
        lead, by=people.casemgr, handling_unit=office, leader=people.leader, instruction="请核实。"
    )
    return handed.fresh(made)


def ask(people, round_):
    lead = round_.handed_leads.get().row.lead
    said = [{"kind": kind, "name": name, "duty": "leader"} for kind, name, _ in NAMED]
    return asking.open_accountability(by=people.casemgr, lead=lead, title="监管不力", responsible=said)


def decide(people, row):
    for one, (_, _, measure) in zip(row.objects_of.order_by("pk"), NAMED, strict=True):
        asking.set_measure(
            Accountability.objects.get(), by=people.casemgr, responsible=one, measure=measure
        )  # fmt: skip
    asking.decide(Accountability.objects.get(), by=people.secretary, document="青纪〔2026〕2号")


def test_only_who_was_decided_about_is_held_to_account_and_a_talk_is_none(people, round_):
    """Through page and API: nobody before the decision, then each by kind; what was only talked about stands apart."""
    row = ask(people, round_)
    assert not HELD.keys() & followed("casemgr", round_).keys()
    decide(people, row)
    told = followed("casemgr", round_)
    assert {label: told.get(label) for label in HELD} == HELD
    api = handed.api(people.casemgr)
    at = f"/api/v1/responsibles/?round={round_.public_id}"
    named = [one["name"] for one in api.get(f"{at}&standing=held&kind=person").data["results"]]
    assert named == ["陶守成"]
    assert api.get(f"{at}&standing=undecided").data["results"] == []
    assert len(api.get(f"{at}&measure=talk").data["results"]) == 2
    assert api.get(f"{at}x").status_code == 400
    for name in ("patroloffice", "patrol1", "neighbour"):
        other = getattr(people, name)
        assert handed.api(other).get("/api/v1/responsibles/").data["results"] == []
        assert "陶守成" not in handed.web(other).get("/responsibles/").content.decode()


def test_each_figure_opens_its_rows_for_whoever_may_read_it(people, round_):
    """The leader, who sees the lead and not the list it came on, and everybody of the round."""
    decide(people, ask(people, round_))
    handed.opinion(people, round_, sent=True)
    handed.opinion(people, round_, kind="advice")
    handed.notice(people, round_)
    Opinion.objects.filter(kind="rectify").update(
        state="accepted", answered_on=moment.today(), accepted_on=moment.today(), answer_text="已改。",
        answered_by=people.unithead,
    )  # fmt: skip
    leader = factories.fresh(people.leader)
    assert not Handover.objects.visible_to(leader).exists()
    told = followed("leader", round_)
    assert {label: told.get(label) for label in HELD} == HELD
    for name in ("patroloffice", "patrol1", "secretary", "casemgr"):
        told = followed(name, round_)
        assert (told["整改意见"], told["整改意见已采纳"], told["相关职能部门意见"], told["涉及大类"]) == (
            1,
            1,
            1,
            1,
        )
        assert (told["立行立改应整改"], told.get("立行立改已整改")) == (1, None)  # nothing to open
    page = handed.web(people.patrol1).get(round_.get_absolute_url()).content.decode()
    assert "&amp;problem_class=" in page


def test_objects_of_all_rounds_of_a_year_stand_in_one_list(people, round_):
    makers.objects(people, round_)
    for said, count in (("starts_from", 3), ("starts_to", 3)):
        at = f"/round-objects/?{said}={round_.starts_on}"
        assert f"共 {count} " in handed.web(people.patroloffice).get(at).content.decode()
    late = f"/api/v1/round-objects/?starts_to={round_.starts_on.year - 1}-12-31"
    assert handed.api(people.patroloffice).get(late).data["results"] == []
