"""Papers of a round: a report goes up stage by stage, bulletins and minutes are filed."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import RoundPaper
from inspections.services import owing
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Clock, Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.inspections import handed, makers

pytestmark = pytest.mark.django_db


def report(people, round_, **more):
    said = {"kind": "report", "title": "关于巡察柳溪镇的报告", "left_on": moment.today()} | more
    return services.record_paper(by=people.patrol1, round=round_, **said)


def test_a_report_goes_up_on_pages(people):
    round_ = makers.round_(people)
    team, office = handed.web(people.patrol1), handed.web(people.patroloffice)
    today = moment.today().isoformat()
    said = {
        "round": round_.public_id, "kind": "report", "title": "巡察报告", "dated": today, "left_on": today,
        "file": handed.paper("报告.pdf"),
    }  # fmt: skip
    assert team.get("/round-papers/new/").status_code == 200
    made = team.post("/round-papers/new/", said)
    assert made.status_code == 302, made.context["form"].errors
    row = RoundPaper.objects.get()
    at = f"/round-papers/{row.public_id}"
    clock = Clock.objects.of(row).get()
    assert (clock.code, clock.started_on) == ("round.report", moment.today())
    assert (
        team.post(f"{at}/hear/", {"held_on": today, "presided_by": "组长", "opinion": "同意。"}).status_code
        == 403
    )
    heard = {
        "held_on": today,
        "presided_by": "领导小组组长",
        "opinion": "补充数据。",
        "file": handed.paper("纪要.pdf"),
    }
    assert office.get(f"{at}/hear/").status_code == 200
    assert office.post(f"{at}/hear/", heard).status_code == 302
    assert office.post(f"{at}/amend/", {"title": "改", "dated": today}).status_code == 409
    done = {"held_on": today, "presided_by": "县委书记", "opinion": "同意报告。"}
    assert office.post(f"{at}/decide/", done).status_code == 302
    page = office.get(f"{at}/").content.decode()
    assert all(
        words in page
        for words in ("补充数据。", "同意报告。", "报告.pdf" if "报告.pdf" in page else "巡察报告")
    )
    assert handed.fresh(row).state == "decided"
    assert not Clock.objects.of(row).open().exists()
    assert Attachment.objects.of(row).count() == 2
    assert office.get("/round-papers/?kind=report").status_code == 200
    assert verify().broken == []


def test_papers_by_api(people):
    round_ = makers.round_(people)
    office = handed.api(people.patroloffice)
    said = {"round": round_.name, "kind": "minutes", "title": "组办会商纪要"}
    bare = office.post("/api/v1/round-papers/", said, format="json")
    assert (bare.status_code, bare.data["field"]) == (422, "participants")
    made = office.post("/api/v1/round-papers/", said | {"participants": "一组、巡察办"}, format="json")
    assert (made.status_code, made.data["state"]) == (201, "filed")
    at = f"/api/v1/round-papers/{made.data['id']}"
    assert office.post(f"{at}/attach/", {"file": handed.paper()}, format="multipart").status_code == 201
    assert office.post(f"{at}/amend/", {"document": "县巡办〔2026〕7 号"}, format="json").status_code == 200
    emptied = office.post(f"{at}/amend/", {"participants": ""}, format="json")
    assert (emptied.status_code, emptied.data["field"]) == (422, "participants")
    heard = {"held_on": moment.today().isoformat(), "presided_by": "组长", "opinion": "同意。"}
    assert office.post(f"{at}/hear/", heard, format="json").status_code == 409
    draft = report(people, round_)
    at = f"/api/v1/round-papers/{draft.public_id}"
    early = heard | {"held_on": (moment.today() - timedelta(days=3)).isoformat()}
    assert office.post(f"{at}/hear/", early, format="json").data["field"] == "held_on"
    assert office.post(f"{at}/hear/", heard, format="json").data["state"] == "group"
    assert office.post(f"{at}/decide/", heard, format="json").data["steps"][1]["stage"] == "secretary"


def test_only_those_on_the_round_record_and_a_stage_is_not_skipped(people):
    round_ = makers.round_(people)
    for who in (people.patrol2, people.casemgr, people.official):
        with pytest.raises(NotAllowed):
            services.record_paper(by=who, round=round_, kind="bulletin", title="专题通报")
    row = report(people, round_)
    said = {"held_on": moment.today(), "presided_by": "县委书记", "opinion": "同意。"}
    with pytest.raises(WrongState):
        services.decide_paper(row, by=people.patroloffice, **said)
    with pytest.raises(RuleBroken):
        services.hear(row, by=people.patroloffice, **said | {"opinion": " "})
    for who in (people.official, people.unithead, people.neighbour, people.countyleader):
        assert handed.web(who).get(f"/round-papers/{row.public_id}/").status_code == 404


def test_a_report_nobody_heard_keeps_the_round_open_and_one_recorded_twice_is_discarded(people):
    round_ = makers.round_(people)
    first, twice = report(people, round_), report(people, round_)
    at, office = twice.get_absolute_url(), handed.web(people.patroloffice)
    assert owing.papers(round_) == [f"报告《{first.title}》没有报书记专题会听取"] * 2
    services.finish_round(handed.fresh(round_), by=people.patroloffice, finished_on=makers.ENDS)
    refused = office.post(f"{round_.get_absolute_url()}close_round/", {})
    assert (refused.status_code, "没有报书记专题会听取" in refused.content.decode()) == (422, True)
    assert office.get(f"{at}discard/").status_code == 200
    assert office.post(f"{at}discard/", {"note": ""}).status_code == 400
    assert office.post(f"{at}discard/", {"note": "重复登记。"}).status_code == 302
    assert not Clock.objects.of(twice).open().exists()
    for verb in ("hear", "amend", "attach", "discard"):
        assert office.get(f"{at}{verb}/").status_code == 409
    said = {"held_on": moment.today(), "presided_by": "县委书记", "opinion": "同意。"}
    heard = services.hear(handed.fresh(first), by=people.patroloffice, **said)
    api = handed.api(people.patroloffice)
    url = f"/api/v1{first.get_absolute_url()}discard/"
    assert api.post(url, {"note": "一"}, format="json").status_code == 409
    assert len(owing.papers(round_)) == 1
    services.decide_paper(heard, by=people.patroloffice, **said)
    assert owing.papers(round_) == []
    assert office.post(f"{round_.get_absolute_url()}close_round/", {}).status_code == 302
    assert verify().broken == []


def test_a_lead_of_another_county_is_refused_at_the_leads(people):
    round_ = makers.round_(people)
    away = [{"title": "一", "region": factories.YUNPING}]
    told = handed.api(people.patrol1).post(
        f"/api/v1{round_.get_absolute_url()}hand_lead/", {"leads": away}, format="json"
    )
    assert (told.status_code, told.data["field"].partition(".")[0]) in {(422, "leads"), (400, "leads")}
    away[0]["region"] = Region.objects.get(code=factories.YUNPING)
    with pytest.raises(RuleBroken) as refused:
        services.hand_lead(round_, by=people.patrol1, leads=away)
    assert (refused.value.field, "第 1 条" in refused.value.message) == ("leads", True)
