"""Which days are worked: our table, the package, the statutory days — and a notice that settles what was a guess."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from povertyaudit.core import clocks, holiday_notice
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several
from povertyaudit.core.models import AuditEntry, CalendarDay, CalendarYear, Clock
from povertyaudit.core.models.calendar import DayKind
from tests import factories
from tests.core.targets import Target

pytestmark = pytest.mark.django_db
SOURCE = "测试用的放假通知"


def notice(*extra, days=range(4, 14), month=2, year=2027):
    """A made-up notice: ten days off in February, a Saturday worked in exchange."""
    rows = [
        {"day": f"{year}-{month:02}-{d:02}", "kind": "holiday", "name": "春节", "source": SOURCE}
        for d in days
    ]
    return json.dumps([*rows, *extra]).encode()


SATURDAY_WORKED = {"day": "2027-02-20", "kind": "workday", "name": "春节", "source": SOURCE}


def test_make_up_weekends_come_from_the_package():
    calendar = NationalCalendar()
    assert not calendar.day(date(2026, 10, 1)).works
    saturday = calendar.day(date(2026, 10, 10))
    assert saturday.works
    assert saturday.swapped
    assert saturday.reason == "国庆节调休上班"
    assert not saturday.provisional
    assert calendar.day(date(2026, 10, 17)).reason == "星期六"


def test_a_year_without_a_notice_is_judged_by_the_statutory_days_and_marked():
    day = NationalCalendar().day(date(2027, 2, 8))
    assert (day.works, day.provisional) == (False, True)
    assert NationalCalendar().day(date(2027, 3, 1)).provisional


def test_our_own_table_comes_first():
    CalendarDay.objects.create(day=date(2026, 10, 1), kind=DayKind.WORKDAY, name="救灾", source=SOURCE)
    CalendarDay.objects.create(day=date(2026, 3, 3), kind=DayKind.HOLIDAY, name="地方节日", source=SOURCE)
    calendar = NationalCalendar()
    assert calendar.day(date(2026, 10, 1)).works
    assert calendar.day(date(2026, 3, 3)).reason == "地方节日"
    assert not calendar.day(date(2026, 10, 2)).works


def test_a_published_year_needs_no_guess():
    CalendarYear.objects.create(year=2027, source=SOURCE)
    day = NationalCalendar().day(date(2027, 2, 8))
    assert day.works
    assert not day.provisional


def test_a_notice_moves_provisional_dates_and_says_so():
    target = Target()
    clock = clocks.start(target, "lead.forward", on=date(2027, 2, 1), event="收到")
    assert clock.provisional
    before = clock.due_on
    loaded = holiday_notice.load(notice(SATURDAY_WORKED), by=None)
    clock.refresh_from_db()
    assert (loaded.added, loaded.years, loaded.settled) == (11, [2027], 1)
    assert [(m.old, m.new) for m in loaded.moved] == [(before, clock.due_on)]
    assert clock.due_on == date(2027, 2, 17)
    assert not clock.provisional
    entry = AuditEntry.objects.get(verb="calendar.load")
    assert entry.changes["moved"] == 1
    assert entry.target_number == "放假安排 2027"


def test_loading_twice_changes_nothing():
    holiday_notice.load(notice(), by=None)
    again = holiday_notice.load(notice(), by=None)
    assert (again.added, again.changed, again.moved) == (0, 0, [])


def test_a_corrected_notice_moves_dates_that_were_settled():
    holiday_notice.load(notice(), by=None)
    clock = clocks.start(Target(), "lead.forward", on=date(2027, 2, 1))
    holiday_notice.load(
        notice({"day": "2027-02-15", "kind": "holiday", "name": "春节", "source": SOURCE}), by=None
    )
    moved = Clock.objects.get(pk=clock.pk)
    assert moved.due_on > clock.due_on


def test_stopped_clocks_and_a_superiors_date_stay():
    stopped, fixed = Target(), Target()
    clocks.start(stopped, "lead.forward", on=date(2027, 2, 1))
    clocks.stop(stopped, "lead.forward", date(2027, 2, 3))
    clocks.start(fixed, "lead.forward", on=date(2027, 2, 1), due_on=date(2027, 2, 6), reason="上级要求")
    assert holiday_notice.load(notice(), by=None).moved == []


def test_a_make_up_day_in_december_makes_no_year_published():
    loaded = holiday_notice.load(
        notice({"day": "2026-12-31", "kind": "holiday", "name": "元旦", "source": SOURCE}), by=None
    )
    assert loaded.years == [2027]
    assert not NationalCalendar().day(date(2026, 10, 1)).works


def test_every_mistake_is_named_with_its_row_and_nothing_is_saved():
    wrong = (
        "day,kind,name,source\n2027-13-01,holiday,春节,x\n2027-02-05,闹,春节,x\n2027-02-06,holiday,,x\n"
        "2027-02-07,holiday,春节,x\n2027-02-07,holiday,春节,x\n3027-02-07,workday,春节,x\n"
    )
    with pytest.raises(Several) as refused:
        holiday_notice.load(wrong.encode(), by=None)
    text = "\n".join(str(e) for e in refused.value.errors)
    for row in (2, 3, 4, 6, 7):
        assert f"第 {row} 行" in text
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{", b"[1, null]", b"\xff\xfe\x00", b"day,kind\n", b"a" * 2_000_000, b'{"days": 5}', b"[" * 5000,
     b'[{"day": "2027-01-01", "kind": "holiday", "name": "a\\u0000", "source": "x"}]'],
)  # fmt: skip
def test_files_that_are_no_notice_are_refused_with_a_sentence(data):
    with pytest.raises(RuleBroken) as refused:
        holiday_notice.load(data, by=None)
    assert str(refused.value).endswith("。")


def test_a_spreadsheet_saved_in_chinese_is_read():
    data = "日期,类别,名称,来源\n2027-02-08,放假,春节,通知\n2027-02-20,调休上班,春节,通知\n".encode("gb18030")
    assert holiday_notice.load(data, by=None).added == 2
    assert NationalCalendar().day(date(2027, 2, 20)).swapped


def test_only_the_it_officer_loads_a_notice_on_a_page():
    people = factories.cast()
    with pytest.raises(NotAllowed):
        holiday_notice.load(notice(), by=people.casemgr)
    assert holiday_notice.load(notice(), by=people.sysadmin).years == [2027]


def test_the_command_prints_what_moved_and_fails_whole(tmp_path):
    clocks.start(Target(), "lead.forward", on=date(2027, 2, 1))
    good, bad, out = tmp_path / "n.json", tmp_path / "b.csv", StringIO()
    good.write_bytes(notice())
    call_command("load_holidays", str(good), stdout=out)
    assert "到期日变动 1 个" in out.getvalue()
    assert "→" in out.getvalue()
    bad.write_text("day,kind,name\nx,y,z\n")
    with pytest.raises(CommandError, match="第 2 行"):
        call_command("load_holidays", str(bad), stdout=out)
    with pytest.raises(CommandError, match="读不到"):
        call_command("load_holidays", str(tmp_path / "none"), stdout=out)
