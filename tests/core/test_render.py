"""How money, dates, states and clocks look: the same words everywhere."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases.models import Outcome
from povertyaudit.core import render
from povertyaudit.core.views.records import in_words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (123450, "壹仟贰佰叁拾肆元伍角整"),
        (1_000_000, "壹万元整"),
        (1_000_500, "壹万零伍元整"),
        (10_010_000, "壹拾万零壹佰元整"),
        (100_000_000, "壹佰万元整"),
        (10_000_000_000, "壹亿元整"),
        (1_000_100_000_000, "壹佰亿零壹佰万元整"),
        (12_345_678_901_234, "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
        (10**15, "壹拾万亿元整"),
    ],
)
def test_sums_in_capital_words(fen, words):
    assert render.capital(fen) == words


def test_money_in_yuan_and_in_wan():
    assert render.yuan(123_456_789) == "1,234,567.89"
    assert render.yuan(None) == ""
    assert render.wan(188_720_000) == "188.72"
    assert render.wan(30_000_000) == "30"


@pytest.mark.parametrize(
    ("due_on", "tone", "words"),
    [
        (date(2026, 11, 19), "late", "超期 3 天"),
        (date(2026, 11, 22), "near", "今天到期"),
        (date(2026, 11, 29), "soon", "还剩 7 天"),
        (date(2026, 11, 30), "calm", "还剩 8 天"),
    ],
)
def test_a_clock_says_its_date_and_its_state_in_words(due_on, tone, words):
    html = render.clock(due_on, TODAY)
    assert f"clock-{tone}" in html
    assert words in html
    assert due_on.isoformat() in html


def test_a_stopped_a_paused_and_a_provisional_clock():
    late = SimpleNamespace(due_on=TODAY, stopped_on=date(2026, 11, 25), state="stopped", provisional=False)
    held = SimpleNamespace(due_on=TODAY, stopped_on=None, state="paused", provisional=False)
    guess = SimpleNamespace(due_on=TODAY, stopped_on=None, state="running", provisional=True)
    assert "超期办结" in render.clock(late, TODAY)
    assert "暂停计时" in render.clock(held, TODAY)
    assert "（暂定）" in render.clock(guess, TODAY)


def test_nothing_is_a_dash_and_markup_is_escaped():
    assert "—" in render.clock(None)
    assert "&lt;b&gt;" in render.badge("<b>")


def test_a_change_of_yes_and_no_is_told_in_words():
    field = Outcome._meta.get_field("counts")
    assert (in_words(field, True), in_words(field, False), in_words(field, "")) == ("是", "否", "（空）")
