"""The figure guard and what is in which unit; what the stories of reports do not meet on their way."""

from datetime import date

import pytest

from cases.models import Lead
from povertyaudit.core.errors import RuleBroken
from povertyaudit.reporting.models import ReportFigure
from povertyaudit.reporting.services import guard, reports
from tests.reporting.makers import again, leads


def at(month, code, value, past=0):
    row = month.figures.get(code=code)
    row.value, row.past_value = value, past
    row.save()
    return row


def test_only_money_jumps_for_its_unit(people, month):
    at(month, "leads_received", 5000, 2)  # a batch came in: no 元 taken for 万元
    assert list(guard._jumps(list(again(month).figures.all()))) == []
    at(month, "money_taken", 123_456_700_00, 12_345_67)
    [found] = guard._jumps(list(again(month).figures.all()))
    assert found.code == "money_taken"


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("追缴 123.45 万元", True), ("追缴 1,234,500 元", True), ("追缴123.45", True), ("追缴共 123.450 万元", True),
        ("追缴 1,234,500 万元", False), ("追缴 123.45 元", False), ("追缴 123.54 万元", False), ("追缴 123.45 件", False),
    ],
)  # fmt: skip
def test_money_in_the_text_is_read_in_the_unit_it_is_written_in(people, month, said, fits):
    row = at(month, "money_taken", 123_450_000)
    assert (guard.text(f"{said}。", [row]) == []) == fits


def test_persons_named_as_times_are_told_apart(people, month):
    """处分 12 人 and 处分 15 项 are two figures; a count of the one said in the unit of the other is found."""
    row = month.figures.get(code="leads_received")
    row.name, row.unit, row.value = "参加培训", "人次", 30
    assert guard.text("参加培训 30 人次。", [row]) == []
    assert "本表按“人次”计" in guard.text("参加培训 30 人。", [row])[0].words
    assert "按行统计是 30 人次" in guard.text("参加培训 31 人次。", [row])[0].words


def test_more_persons_than_times_are_found():
    """A person who got two decisions is one person: 人数 never exceeds 项数."""
    persons = ReportFigure(code="persons_sanctioned", name="党纪政务处分", unit="人", value=9)
    times = ReportFigure(code="sanctions", name="处分决定", unit="项", value=8)
    [found] = guard._within({one.code: one for one in (persons, times)})
    assert (found.code, found.words) == (
        "persons_sanctioned", "“党纪政务处分”9 人多于“处分决定”8 项，请核对。",
    )  # fmt: skip
    times.value = 9
    assert list(guard._within({one.code: one for one in (persons, times)})) == []


def test_a_row_that_took_the_place_of_another_is_a_change(people, month):
    """As many as before, and yet not the same: what would be signed is not what was counted."""
    Lead.objects.filter(received_on=date(2026, 10, 8)).first().delete()
    leads(people, 1, day=date(2026, 10, 9))
    with pytest.raises(RuleBroken) as refused:
        reports.check(again(month), by=people.casemgr, explained="无。")
    assert refused.value.code == "check.changed"


def test_a_figure_named_twice_stands_once(people, month):
    done = reports.set_lines(
        month, by=people.casemgr, lines=["leads_received", "leads_received", "leads_open"]
    )
    assert [one.code for one in again(done).figures.all()] == ["leads_received", "leads_open"]
