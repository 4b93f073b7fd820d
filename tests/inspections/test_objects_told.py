"""What each object of a round was told and still owes: figures that open exactly their rows, at both doors."""

import pytest

from inspections import services
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def test_every_figure_of_an_object_opens_its_rows(people):
    round_ = handed.with_reviewers(people, makers.round_(people))
    handed.town()
    objects = makers.objects(people, round_, "柳溪镇\n白杨乡")
    town, other = objects["柳溪镇"], objects["白杨乡"]
    handed.feedback(people, round_, problems=2, to="issued")
    services.accept_opinion(
        services.answer_opinion(
            handed.opinion(people, handed.fresh(round_), sent=True),
            by=people.unithead,
            answer_text="已补发。",
        ),
        by=people.patrol1,
    )
    handed.opinion(people, handed.fresh(round_))
    handed.notice(people, handed.fresh(round_))
    makers.finding(people, handed.fresh(round_), unit=other.unit, text="白杨乡的问题。")
    office, machine = handed.web(people.patroloffice), handed.api(people.patroloffice)
    told = machine.get(f"/api/v1/round-objects/{town.public_id}/").data
    wanted = {"finding": (2, 2), "opinion": (2, 1), "notice": (1, 1), "feedback": (1, 1)}
    assert {name: (told[f"{name}_count"], told[f"{name}_left"]) for name in wanted} == wanted
    for page in (
        round_.get_absolute_url(),
        f"/round-objects/?round={round_.public_id}",
        town.get_absolute_url(),
    ):
        shown = office.get(page).content.decode()
        assert "立行立改" in shown
    shown = office.get(f"/round-objects/?round={round_.public_id}").content.decode()
    paths = {
        "finding": "findings",
        "opinion": "opinions",
        "notice": "immediate-notices",
        "feedback": "feedbacks",
    }
    for name, (count, left) in wanted.items():
        here = f"/{paths[name]}/?object={town.public_id}"
        assert (f'href="{here}"' in shown) == (count != left), name  # where all are left, one figure says it
        assert f'href="{here}&left=yes"' in shown, name
        assert len(machine.get(f"/api/v1{here}").data["results"]) == count
        assert len(machine.get(f"/api/v1{here}&left=yes").data["results"]) == left
        page = office.get(f"{here}&left=yes").content.decode()
        assert "柳溪镇" in page  # the condition is told by the name of the object
    services.declare_recusal(handed.fresh(round_), by=people.patrol1, objects=[town], ground="home")
    aside = handed.api(people.patrol1)
    assert [one["name"] for one in aside.get("/api/v1/round-objects/").data["results"]] == ["白杨乡"]
    assert aside.get(f"/api/v1/opinions/?object={town.public_id}").data["results"] == []
    page = handed.web(people.patrol1).get(f"/findings/?object={town.public_id}").content.decode()
    assert "柳溪镇" not in page
