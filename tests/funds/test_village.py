"""村务公开: opened by the clock, filled in on a phone, checked by another, followed when it is missed."""

from datetime import date

import pytest

from funds.models import LocalDuty, SheetLine, VillageDuty, VillageSheet
from funds.services import opening_sheets, village_duties, village_sheets
from funds.workflow.village import VILLAGE_SHEET
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Clock, Notification, Region, Role, UnitKind
from povertyaudit.core.remind import scan
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import village_makers as makers
from tests.funds.village_makers import OCTOBER, at_day, run
from tests.inspections.field_makers import jpeg

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 5)
FRESH = factories.fresh


def villages(*more):
    for code, name, town in more:
        Region.objects.create(code=code, name=name, level=5, path_name=name, parent_id=town)


def test_the_clock_opens_each_village_once_a_month_and_reminds_up_to_the_room(people):
    villages(
        ("990101102201", "白杨村", factories.OTHER_TOWN), ("990102101201", "松涛村", "990102101000"),
        ("990101101202", "没了的村", factories.TOWN),
    )  # fmt: skip
    Region.objects.filter(code="990101101202").update(ends_on=date(2020, 1, 1))
    assert run(date(2026, 10, 1)) == 3
    assert [run(date(2026, 10, day)) for day in (2, 3)] == [0, 0]
    villages(("990101101203", "新村", factories.TOWN))
    assert [run(date(2026, 10, 9)), run(date(2026, 11, 1))] == [1, 4]
    sheet = VillageSheet.objects.get(region=factories.VILLAGE, month=OCTOBER)
    assert (str(sheet.due_on), sheet.state, sheet.unit.name) == ("2026-11-10", "open", "柳溪镇人民政府")
    assert sheet.number.startswith("990101-CW-2026-")
    clock = Clock.objects.of(sheet).get()
    assert (clock.due_on, clock.owner_user, clock.head_user) == (
        sheet.due_on,
        people.official,
        people.unithead,
    )
    assert clock.body_unit == people.inspector1.home.unit
    scan(date(2026, 11, 9))
    told = set(Notification.objects.filter(number=sheet.number).values_list("user__username", flat=True))
    assert told == {"official", "unithead"}
    scan(date(2026, 11, 20))
    told = set(Notification.objects.filter(number=sheet.number).values_list("user__username", flat=True))
    assert {"inspector1", "inspector2"} <= told
    assert verify().broken == []
    VillageDuty.objects.all().delete()  # nothing is to be published: no sheet is asked for
    assert run(date(2026, 12, 1)) == 0


def test_a_job_killed_in_the_middle_opens_the_rest_when_it_is_run_again(people, monkeypatch):
    villages(*((f"9901011012{n}", f"村{n}", factories.TOWN) for n in range(10, 13)))
    monkeypatch.setattr(opening_sheets, "BATCH", 2)
    done, real = [], opening_sheets.open_batch

    def killed(codes, month):
        if done:
            raise KeyboardInterrupt
        done.append(real(codes, month))
        return done[-1]

    monkeypatch.setattr(opening_sheets, "open_batch", killed)
    with at_day(OCTOBER), pytest.raises(KeyboardInterrupt):
        opening_sheets.job({"day": "2026-10-01"}, Renewed())
    monkeypatch.setattr(opening_sheets, "open_batch", real)
    assert VillageSheet.objects.count() == 2
    with at_day(OCTOBER):
        assert opening_sheets.job({"day": "2026-10-01"}, Renewed()) == {"opened": 2}
    assert VillageSheet.objects.values("region").distinct().count() == VillageSheet.objects.count() == 4


class Renewed:
    def renew(self):
        pass


def test_filled_in_handed_in_checked_and_sent_back(people):
    official, head, room = (FRESH(one) for one in (people.official, people.unithead, people.inspector1))
    sheet = makers.opened()
    with at_day(date(2026, 10, 20)):
        early = village_sheets.fill(sheet, by=official, answers=makers.answers(), board=jpeg())
        early = village_sheets.fill(early, by=official, answers=[
            {"duty": "PROJECTS", "answer": "unpublished", "reason": "结算没有出来"},
            {"duty": "RELIEF", "answer": "nothing", "reason": "本月没有新增低保"},
            {"duty": "ASSETS", "answer": "published", "published_on": date(2026, 10, 8), "photo": jpeg(40)},
        ])  # fmt: skip
        with pytest.raises(RuleBroken, match="本月还没有结束"):
            village_sheets.submit(early, by=official)
    lines = {line.code: line for line in early.lines.all()}
    assert (early.gaps, len(lines), early.state) == (1, 5, "open")
    assert lines["ACCOUNTS"].photo == lines["SUBSIDIES"].photo != lines["ASSETS"].photo
    assert (lines["RELIEF"].photo, lines["PROJECTS"].published_on) == (None, None)
    with at_day(LATER):
        done = village_sheets.submit(early, by=official)
        assert (done.state, str(done.submitted_on)) == ("submitted", "2026-11-05")
        assert not Clock.objects.of(sheet).open().exists()
        assert list(Notification.objects.filter(key__startswith="villagesheet.submit").values_list("user__username", flat=True)) == ["unithead"]  # fmt: skip
        with pytest.raises(NotAllowed):
            village_sheets.check(done, by=official, text="对")
        with pytest.raises(RuleBroken) as told:
            village_sheets.check(done, by=head)
        assert told.value.field == "text"
        done = village_sheets.check(done, by=head, text="结算十二月公开")
        with pytest.raises(NotAllowed):
            village_sheets.send_back(done, by=head, note="再看")
        back = village_sheets.send_back(done, by=room, note="抽查照片与公开栏不符")
        assert (back.state, back.checked_by, back.submitted_on, str(back.due_on)) == ("returned", None, None, "2026-11-16")  # fmt: skip
        assert Clock.objects.of(sheet).open().get().due_on == back.due_on
        village_sheets.submit(
            village_sheets.fill(back, by=official, answers=makers.answers(), board=jpeg(60)), by=official
        )
    assert VillageSheet.objects.complete().get().gaps == 0
    assert verify().broken == []


def test_who_filled_it_in_never_checks_it(people):
    """Not with another account of his either; the committee of the township does, that of another does not."""
    committee = factories.unit("柳溪镇纪委", UnitKind.COMMISSION, factories.TOWN)
    clerk = factories.user(Role.DEPUTY, unit=committee, region=factories.TOWN)
    twin = factories.user(Role.UNIT_HEAD, unit=factories.unit("柳溪镇人民政府", UnitKind.TOWNSHIP, factories.TOWN),
                          region=factories.TOWN, person=people.official.person)  # fmt: skip
    sheet = makers.handed_in(people)
    for who, allowed in ((twin, False), (people.leader, False), (people.otherofficial, False), (clerk, True)):
        assert ("check" in [step.name for step in VILLAGE_SHEET.offered(sheet, FRESH(who))]) is allowed
        waiting = VillageSheet.objects.visible_to(FRESH(who)).waiting_for(FRESH(who), LATER)
        assert (sheet in waiting) is allowed
    assert village_sheets.check(sheet, by=FRESH(clerk)).state == "checked"


SAID = {
    "nothing": [{"duty": "ACCOUNTS", "answer": ""}],
    "answers-0-photo": [{"duty": "ACCOUNTS", "answer": "published"}],
    "answers-1-reason": [{"duty": "RELIEF", "answer": "nothing", "reason": "没有"}, {"duty": "ACCOUNTS", "answer": "unpublished"}],
    "answers-0-reason": [{"duty": "ACCOUNTS", "answer": "nothing", "reason": " "}],
    "answers-0-published_on": [{"duty": "ACCOUNTS", "answer": "published", "published_on": date(2026, 9, 30), "photo": None}],
    "answers-0-answer": [{"duty": "NOBODY", "answer": "unpublished", "reason": "x"}],
    "answers-1-answer": [{"duty": "RELIEF", "answer": "nothing", "reason": "没有"}] * 2,
}  # fmt: skip


def test_what_is_refused_says_where_and_saves_nothing(people):
    official, sheet = FRESH(people.official), makers.opened()
    with at_day(LATER):
        for field, said in SAID.items():
            before = AuditEntry.objects.count()
            with pytest.raises(DomainError) as refused:
                village_sheets.fill(sheet, by=official, answers=said)
            fields = {one.field for one in getattr(refused.value, "errors", [refused.value])}
            assert ("answers" if field == "nothing" else field) in fields
            assert (AuditEntry.objects.count(), SheetLine.objects.count()) == (before, 0)
        with pytest.raises(DomainError) as refused:  # everything at once
            village_sheets.fill(sheet, by=official, answers=makers.answers(RELIEF={"answer": "nothing"}))
        assert len(refused.value.errors) == 5
        with pytest.raises(RuleBroken, match="还有 5 项没有填"):
            village_sheets.submit(sheet, by=official)
    elsewhere = makers.opened(date(2026, 9, 1))
    with at_day(LATER):
        stray = village_sheets.add_photo(elsewhere, jpeg(), by=official)
        with pytest.raises(RuleBroken, match="本清单上传的照片"):
            village_sheets.fill(sheet, by=official, answers=[{"duty": "ACCOUNTS", "answer": "published", "photo": stray}])  # fmt: skip
        with pytest.raises(WrongState):
            village_sheets.check(sheet, by=FRESH(people.unithead))


def test_a_township_adds_for_its_villages_from_a_month_on(people):
    official, here = FRESH(people.official), Region.objects.get(code=factories.VILLAGE)
    with at_day(date(2026, 10, 20)):
        said = {"by": official, "basis": "群众关心"}
        duty = village_duties.add_duty(name="公益岗位", from_month="2026-11", **said)
        own = village_duties.add_duty(name="水费收缴", region=here, to_month="2026-10", **said)
        for field, wrong in (
            ("name", {"name": "公益岗位"}), ("name", {"name": "村级收支"}), ("from_month", {"name": "甲", "from_month": "2026-09"}),
            ("to_month", {"name": "甲", "from_month": "2026-12", "to_month": "2026-11"}),
            ("region", {"name": "甲", "region": Region.objects.get(code=factories.OTHER_TOWN)}),
        ):  # fmt: skip
            with pytest.raises(RuleBroken) as refused:
                village_duties.add_duty(**said, **wrong)
            assert refused.value.field == field
        for who in (people.finance, people.inspector1, people.casemgr):
            with pytest.raises(NotAllowed):
                village_duties.add_duty(by=FRESH(who), name="甲", basis="乙")
    october, november = makers.opened(), makers.opened(date(2026, 11, 1))
    names = [
        [one.name for one in village_duties.duties_of(sheet) if one.local] for sheet in (october, november)
    ]
    assert names == [["水费收缴"], ["公益岗位"]]
    with at_day(date(2026, 11, 20)):
        answered = [{"duty": duty.code, "answer": "published"}, *makers.answers()]
        sheet = village_sheets.fill(november, by=official, answers=answered, board=jpeg(), hand_in=True)
        assert (sheet.state, sheet.lines.count()) == ("submitted", 6)
        ended = village_duties.end_duty(duty, by=official)
        assert (ended.state, str(ended.to_month)) == ("ended", "2026-11-01")
    assert [one.local for one in village_duties.duties_of(makers.opened(date(2026, 12, 1)))] == [False] * 5
    assert LocalDuty.objects.visible_to(FRESH(people.otherofficial)).count() == 0
    assert own in LocalDuty.objects.visible_to(FRESH(people.inspector1))
    assert verify().broken == []


def test_months_in_a_row_and_who_sees_them(people):
    """Two months lacking, a complete one, one missed: the run is one. A neighbour sees none of it."""
    today = date(2026, 12, 20)
    for month in (date(2026, 8, 1), date(2026, 9, 1), OCTOBER, date(2026, 11, 1)):
        makers.opened(month)
    rows = VillageSheet.objects
    assert [(one["region_id"], one["run"]) for one in rows.runs(today, 2)] == [(factories.VILLAGE, 4)]
    assert rows.last_of_runs(today, 2).get().month == date(2026, 11, 1)
    makers.handed_in(people, date(2026, 11, 15), date(2026, 9, 1))
    assert [one["run"] for one in rows.runs(today, 2)] == [2]
    gap = {"PROJECTS": {"answer": "unpublished", "reason": "没有结算"}}
    makers.handed_in(people, date(2026, 12, 5), date(2026, 11, 1), **gap)
    assert [one["run"] for one in rows.runs(today, 2)] == [2]  # handed in, and not complete
    makers.handed_in(people, date(2026, 11, 6), OCTOBER)
    assert (list(rows.runs(today, 2)), rows.runs(today, 1).count()) == ([], 1)
    assert {one.month.month for one in rows.lacking(today)} == {8, 11}
    for name, seen in (
        ("neighbour", 0),
        ("otherofficial", 0),
        ("official", 4),
        ("inspector1", 4),
        ("petition", 0),
    ):
        who = FRESH(getattr(people, name))
        assert rows.visible_to(who).count() == seen, name
    assert rows.missed(today).get().month == date(2026, 8, 1)
