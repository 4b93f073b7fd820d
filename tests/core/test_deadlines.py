"""How a period is counted: days, working days, months, and the three switches of 民法典 art. 201–203."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyaudit.core.deadlines import Day, Pause, Period, Unit, due, light, stage

WD, D, M = Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS


class Calendar:
    """Weekends off, but for what the test says."""

    def __init__(self, off=(), worked=(), guessed_from=None):
        self.off, self.worked, self.guessed_from = set(off), set(worked), guessed_from

    def day(self, on):
        works = on in self.worked or (on.weekday() < 5 and on not in self.off)
        guessed = self.guessed_from is not None and on >= self.guessed_from
        return Day(on, works, "" if works else "休", swapped=on in self.worked, provisional=guessed)


PLAIN = Calendar()


def count(amount, unit, start, calendar=PLAIN, **more):
    switches = {k: more.pop(k) for k in ("exclude_start", "month_end_clip", "roll_over") if k in more}
    return due(Period(amount=amount, unit=unit, **switches), start, calendar, **more)


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (5, WD, date(2026, 3, 2), date(2026, 3, 9)),
        (5, WD, date(2026, 2, 28), date(2026, 3, 6)),  # received on a Saturday
        (15, D, date(2026, 3, 2), date(2026, 3, 17)),
        (60, D, date(2026, 3, 2), date(2026, 5, 1)),
        (1, M, date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday: rolls to Monday
        (3, M, date(2025, 11, 30), date(2026, 3, 2)),
        (12, M, date(2024, 2, 29), date(2025, 2, 28)),
        (1, M, date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_the_first_day_is_not_counted(amount, unit, start, end):
    assert count(amount, unit, start).on == end


def test_the_start_day_counts_where_the_rule_says_so():
    monday = date(2026, 3, 2)
    assert count(5, WD, monday, exclude_start=False).on == date(2026, 3, 6)
    assert count(5, D, monday, exclude_start=False).on == date(2026, 3, 6)
    assert count(1, M, monday, exclude_start=False).on == date(2026, 4, 1)


def test_a_month_without_that_day_ends_with_the_month_or_runs_over():
    start = date(2026, 1, 30)
    assert count(1, M, start, roll_over=False).on == date(2026, 2, 28)
    assert count(1, M, start, roll_over=False, month_end_clip=False).on == date(2026, 3, 1)


def test_a_last_day_off_gives_way_to_the_next_working_day_and_says_why():
    result = count(5, D, date(2026, 3, 2))  # ends on Saturday the 7th
    assert result.on == date(2026, 3, 9)
    assert result.counted_to == date(2026, 3, 7)
    assert [day.on.day for day in result.rolled] == [7, 8]
    assert count(5, D, date(2026, 3, 2), roll_over=False).on == date(2026, 3, 7)


def test_holidays_are_skipped_and_make_up_days_counted():
    calendar = Calendar(off=[date(2026, 10, d) for d in range(1, 8)], worked=[date(2026, 10, 10)])
    result = count(5, WD, date(2026, 9, 28), calendar)
    assert result.on == date(2026, 10, 10)
    assert [day.on for day in result.swapped] == [date(2026, 10, 10)]
    assert {day.on for day in result.skipped} == {date(2026, 10, d) for d in range(1, 8)}


def test_a_pause_is_left_out_day_by_day():
    pause = Pause(date(2026, 3, 3), date(2026, 3, 10))
    assert count(10, D, date(2026, 3, 2), pauses=[pause], roll_over=False).on == date(2026, 3, 19)
    assert count(10, D, date(2026, 3, 2), pauses=[pause]).paused == 7
    assert count(1, M, date(2026, 3, 2), pauses=[pause], roll_over=False).on == date(2026, 4, 9)
    assert count(5, WD, date(2026, 3, 2), pauses=[pause]).on == date(2026, 3, 16)


def test_a_pause_that_still_runs_moves_nothing_yet():
    assert count(10, D, date(2026, 3, 2), pauses=[Pause(date(2026, 3, 3))]).paused == 0


def test_three_months_and_three_more_are_six_from_the_start():
    more = [Period(amount=3, unit=M)]
    assert count(3, M, date(2025, 11, 30), extensions=more, roll_over=False).on == date(2026, 5, 30)


def test_any_other_extension_is_counted_from_the_day_the_period_would_have_ended():
    more = [Period(amount=10, unit=D)]  # one month ends on Saturday 28 February, that is on Monday 2 March
    assert count(1, M, date(2026, 1, 28), extensions=more).on == date(2026, 3, 12)
    assert count(5, D, date(2026, 3, 2), extensions=[Period(amount=1, unit=D)]).on == date(2026, 3, 10)
    assert count(5, WD, date(2026, 3, 2), extensions=[Period(amount=5, unit=WD)]).on == date(2026, 3, 16)


def test_it_is_provisional_only_when_a_guessed_day_was_judged():
    guessing = Calendar(guessed_from=date(2027, 1, 1))
    assert not count(5, WD, date(2026, 12, 24), guessing).provisional
    assert count(5, WD, date(2026, 12, 30), guessing).provisional
    assert count(30, D, date(2026, 12, 30), guessing).provisional
    assert not count(30, D, date(2026, 12, 30), guessing, roll_over=False).provisional


def test_a_period_beyond_the_calendar_is_refused():
    with pytest.raises(OverflowError):
        count(3650, M, date(9900, 1, 1))


@given(st.dates(date(2004, 1, 1), date(2080, 1, 1)), st.integers(1, 120), st.sampled_from(list(Unit)))
def test_more_is_never_earlier_and_the_end_is_a_working_day(start, amount, unit):
    shorter, longer = count(amount, unit, start), count(amount + 1, unit, start)
    assert start < shorter.on <= longer.on
    assert PLAIN.day(shorter.on).works


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_stages_are_the_latest_reminder_owed(today, left):
    name = stage(today + timedelta(days=left), today)
    if left > 7:
        assert name is None
    elif left >= 0:
        assert name == ("today" if left == 0 else "1d" if left == 1 else "3d" if left <= 3 else "7d")
    else:
        assert name == f"overdue-{(-left + 6) // 7}"


def test_a_light_has_words():
    today = date(2026, 3, 2)
    seen = [
        (light(today + timedelta(days=n), today).level, light(today + timedelta(days=n), today).words)
        for n in (30, 7, 3, 0, -5)
    ]
    assert seen == [
        (0, "还有 30 天"),
        (1, "还有 7 天"),
        (2, "还有 3 天"),
        (2, "今天到期"),
        (3, "已超期 5 天"),
    ]
