"""A project from the store to the final notice: its money adds up, doubles are found and answered for, changes go back."""

from datetime import date
from itertools import product

import pytest

from funds.models import Allocation, FundRule, Project
from funds.services import allocating, building, projects, reviewing
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Region
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds.project_makers import WAN, allocation, approve, project, stored, values

pytestmark = pytest.mark.django_db


def refused(field, act, *args, **said):
    with pytest.raises(RuleBroken) as broken:
        act(*args, **said)
    assert broken.value.field == field, broken.value.message
    assert broken.value.message.endswith("。")


def test_a_project_takes_its_money_from_papers_and_gives_it_back_when_it_is_cancelled(people):
    small, large = (
        allocation(people, 30 * WAN),
        allocation(people, 90 * WAN, "县财农〔2026〕2号", level="county"),
    )
    row = project(people, "review")
    assert row.number == "990101-XM-2026-00001"
    refused("lines", approve, people, row, [(small, 30 * WAN), (large, 40 * WAN)], approved_fen=80 * WAN)
    refused("lines", approve, people, row, [(small, 31 * WAN), (large, 49 * WAN)])
    row = approve(people, row, [(small, 30 * WAN), (large, 50 * WAN)])
    assert (row.state, row.funded_fen, row.approved_on) == ("approved", 80 * WAN, moment.today())
    sums = dict(Allocation.objects.values_list("paper_no", "assigned_fen"))
    assert sums == {small.paper_no: 30 * WAN, large.paper_no: 50 * WAN}
    with pytest.raises(WrongState):
        allocating.revoke(small, by=people.finance, note="重复")
    row = projects.set_lines(row, by=people.finance, lines=[{"allocation": large, "amount_fen": 80 * WAN}])
    assert row.lines.count() == 1
    row = projects.cancel(row, by=people.finance, note="用地没有落实")
    assert (row.state, row.funded_fen, row.lines.count()) == ("cancelled", 0, 0)
    assert set(Allocation.objects.values_list("assigned_fen", flat=True)) == {0}
    assert allocating.revoke(small, by=people.finance, note="重复登记").state == "revoked"
    assert verify().broken == []


def test_days_stand_in_order_and_acceptance_settles_the_sum(people, notices_only_warn):
    row = project(people, "approved")
    early = date(2020, 1, 1)
    refused("started_on", building.start, row, by=people.unithead, started_on=early)
    refused("started_on", building.start, row, by=people.unithead, started_on=date(2099, 1, 1))
    said = {"contractor": "岚丰建设", "contract_no": "1"}
    refused("contract_fen", building.award, row, by=people.unithead, contract_fen=89 * WAN, **said)
    refused(
        "retention_fen",
        building.award,
        row,
        by=people.unithead,
        contract_fen=78 * WAN,
        retention_fen=8 * WAN,
        **said,
    )
    row = building.award(row, by=people.unithead, contract_fen=78 * WAN, retention_fen=7 * WAN, **said)
    row = building.stall(row, by=people.official, note="雨季")
    row = building.start(row, by=people.unithead)
    row = building.complete(row, by=people.unithead)
    row = building.refuse_acceptance(row, by=people.sector, note="厚度不够")
    assert (row.state, row.completed_on) == ("started", None)
    row = building.complete(row, by=people.unithead)
    done = {"accepted_text": "1.9 公里", "settled_fen": 77 * WAN}
    refused("accepted_on", building.accept, row, by=people.sector, **done, accepted_on=early)
    refused("accepted_text", building.accept, row, by=people.sector, accepted_text=" ", settled_fen=77 * WAN)
    refused("settled_fen", building.accept, row, by=people.sector, accepted_text="1.9", settled_fen=79 * WAN)
    row = building.publish(building.accept(row, by=people.sector, **done), by=people.unithead)
    assert (row.state, row.ceiling_fen) == ("published", 77 * WAN)


def test_what_was_proposed_before_is_put_beside_it_and_answered_for(people):
    before = project(people, "approved", title="石桥坳村三组道路硬化工程")
    other = stored(people, title="石桥坳村肉牛养殖小区", content="牛舍 600 平方米", place="",
                   planned_fen=33 * WAN, kind=values()["kind"].__class__.objects.get(code="INDUSTRY"))  # fmt: skip
    row = project(people, "review")
    double = row.doubles.get()
    assert (double.other, double.reasons) == (before, "place,content,money")
    assert "800,000.00" in double.words
    assert "石桥坳村" in double.words
    assert not reviewing.submit_review(other, by=people.sector, survey="可以").doubles.exists()
    source = allocation(people)
    with pytest.raises(RuleBroken, match="1 个疑似重复"):
        approve(people, row, [(source, row.planned_fen)])
    said = {"by": people.finance, "double": double}
    refused("answer", reviewing.answer_double, row, **said, decision="different", answer=" ")
    row = reviewing.answer_double(row, **said, decision="double", answer="同一路段。")
    with pytest.raises(RuleBroken, match="重复"):
        approve(people, row, [(source, row.planned_fen)])
    row = reviewing.return_to_store(row, by=people.finance, note="请改为四组。")
    row = projects.amend(row, by=people.official, place="四组", planned_fen=60 * WAN)
    row = reviewing.submit_review(row, by=people.sector, survey="改到四组。")
    row = reviewing.answer_double(row, **said, decision="changed", answer="已改到四组。")
    assert approve(people, row, [(source, 60 * WAN)]).state == "approved"


def test_a_change_of_more_than_the_rule_goes_back_to_review_and_on_from_where_it_was(people):
    source = allocation(people)
    row = project(people, "started", source=source)
    row = projects.change_plan(row, by=people.unithead, planned_fen=88 * WAN, note="加宽")
    assert (row.state, row.approved_fen) == ("started", 80 * WAN)
    row = projects.change_plan(row, by=people.unithead, planned_fen=88 * WAN + 1, note="再加宽")
    assert row.state == "review"
    with pytest.raises(WrongState, match="已经开工"):
        projects.cancel(row, by=people.finance, note="不做了")
    back = reviewing.return_to_store(row, by=people.finance, note="不同意")
    assert (back.state, back.planned_fen, back.changed_from) == ("started", 80 * WAN, "")
    row = projects.change_plan(back, by=people.unithead, planned_fen=100 * WAN, note="延长")
    row = approve(people, row, [(source, 100 * WAN)], approval_no="县扶批〔2026〕9号")
    assert (row.state, row.approved_fen, row.funded_fen) == ("started", 100 * WAN, 100 * WAN)
    FundRule.objects.filter(code="change").update(amount="30")
    row = projects.change_plan(row, by=people.unithead, planned_fen=125 * WAN, note="按新规定")
    assert row.state == "started"


def test_what_does_not_fit_together_is_refused_at_its_field(people):
    gone = Region.objects.get(code=factories.VILLAGE)
    for n in range(3):
        stored(people, title=f"第{n}个项目", place=f"{n}组")
    said = {"by": people.official}
    refused("planned_fen", projects.store, **said, **values(planned_fen=80))
    refused("planned_fen", projects.store, **said, **values(planned_fen=80 * WAN * 10_000))
    assert projects.store(**said, **values(planned_fen=80 * WAN * 10_000), sum_checked=True).pk
    refused("plan_end", projects.store, **said, **values(plan_end=date(2026, 1, 1)))
    refused("poor_persons", projects.store, **said, **values(poor_persons=211))
    far = factories.unit("云屏县交通局", region=factories.YUNPING)
    refused("sector_unit", projects.store, **said, **values(sector_unit=far))
    Region.objects.filter(pk=gone.pk).update(ends_on=date(2025, 12, 31))
    refused("region", projects.store, **said, **values())
    refused("received_on", allocation, people, received_on=date(2026, 1, 1))
    allocation(people)
    refused("paper_no", allocation, people)


def test_nobody_approves_his_own_and_papers_of_the_neighbour_pay_nothing(people):
    row = stored(people, by=people.finance)
    row = reviewing.submit_review(row, by=people.sector, survey="可以")
    source = allocation(people)
    with pytest.raises(NotAllowed, match="申报人"):
        approve(people, row, [(source, row.planned_fen)])
    Allocation.objects.filter(pk=source.pk).update(region=factories.YUNPING)
    refused("lines", approve, people, row, [(source, row.planned_fen)], by=people.countyleader)


SEE = {
    "finance", "countyleader", "casemgr", "inspector1", "inspector2", "secretary", "leader", "patroloffice", "ledgerclient",
    "official", "unithead", "sector",
}  # fmt: skip
NOTICES = (
    "post_notice", "add_notice_photo", "take_down_notice", "void_notice", "record_objection", "answer_objection",
    "publish_objection",
)  # fmt: skip
WHO = {
    "amend": ("stored", "official unithead"), "submit_review": ("stored", "sector"),
    "answer_double": ("", ""), "approve": ("review", "finance countyleader"), "return_to_store": ("review", "finance countyleader"),
    "set_lines": ("approved started completed", "finance"), "award": ("approved started", "official unithead sector"),
    "change_plan": ("approved started completed", "official unithead sector"), "start": ("approved", "official unithead"),
    "stall": ("approved", "official unithead sector"), "complete": ("started", "official unithead"),
    "report_progress": ("started", "official unithead"),
    "accept": ("completed", "sector"), "refuse_acceptance": ("completed", "sector"), "publish": ("accepted", "official unithead"),
    "attach": ("stored review approved started completed accepted published", "official unithead sector finance"),
    "cancel": ("stored review approved", "finance countyleader sector"),
    **dict.fromkeys(NOTICES, ("", "")),  # nothing was approved: in test_project_notices_doors
}  # fmt: skip


def test_who_sees_it_and_who_may_do_what(people):
    row = stored(people)
    everybody = {name: factories.fresh(getattr(people, name)) for name, *_ in factories.PEOPLE}
    for name, who in everybody.items():
        assert Project.objects.visible_to(who).exists() == (name in SEE), name
    assert set(PROJECT.transitions) == set(WHO)
    for state, (name, who) in product(Project.State.values, everybody.items()):
        row.state = state
        offered = {step.name for step in PROJECT.offered(row, who)} if name in SEE else set()
        wanted = {
            verb for verb, (states, names) in WHO.items()
            if name in names.split() and (state in states.split() or (state == "stalled" and verb in STALLED))
        }  # fmt: skip
        assert offered == wanted, (state, name)


STALLED = {"set_lines", "award", "change_plan", "start", "attach", "cancel"}
