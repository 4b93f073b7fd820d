"""What people type: accepted in the forms they use, refused with a sentence otherwise."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from inspections.forms.feedback import MomentField as PageMomentField
from povertyaudit.core import cleaning
from povertyaudit.core.api.fields import MomentField

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "fen"),
    [("12.5", 1250), ("１２．５", 1250), ("0", 0), ("1,200", 120_000), ("1，200.5元", 120_050), ("¥ 12.05", 1205),
     ("10000000000000", 10**15), ("1.", 100), ("007", 700), (12, 1200)],
)  # fmt: skip
def test_money_in_yuan(text, fen):
    assert cleaning.clean_money_yuan(text) == fen


BAD_MONEY = [
    "", " ", "-1", "1.234", "1e5", "NaN", "Infinity", "十二", "1,20", "12 5", "0x10", "1" * 50, "10000000000000.01",
    "٣", "²", "1_000", "--1", "1-", None, [], "\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD_MONEY)
def test_bad_money_in_yuan(text):
    with pytest.raises(ValidationError) as refusal:
        cleaning.clean_money_yuan(text)
    assert refusal.value.messages[0].endswith("。")


@pytest.mark.parametrize(
    "value", ["12.5", "", None, 1.0, True, -1, 10**15 + 1, 1234567890123456789, [], "１２３a"]
)
def test_bad_money_in_fen(value):
    with pytest.raises(ValidationError):
        cleaning.clean_money_fen(value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "2026年11月22日",
        "２０２６年１１月２２日",
        "20261122",
        " 2026-11-22 ",
        date(2026, 11, 22),
    ],
)
def test_days_as_people_write_them(text):
    assert cleaning.clean_date(text) == date(2026, 11, 22)


@pytest.mark.parametrize("day", ["0001-01-01", "1948-12-31", "2101-01-01", "9999-12-31"])
def test_a_moment_at_the_edge_of_the_calendar_is_refused_at_its_field(day):
    """Turned into another offset it would lie outside: what compares it fails with no word for whoever sent it."""
    for text in (day, f"{day}T00:00", f"{day}T23:59:59+08:00", f"{day}T00:00Z"):
        with pytest.raises(serializers.ValidationError, match="1949 年至 2100 年"):
            MomentField().run_validation(text)
    with pytest.raises(ValidationError, match="1949 年至 2100 年"):
        PageMomentField(label="时间").clean(f"{day}T09:30")


def test_a_moment_is_told_how_to_be_written():
    with pytest.raises(serializers.ValidationError, match="例如 2026-11-22T09:30"):
        MomentField().run_validation("昨天")
    assert str(MomentField().run_validation("2026-11-22T09:30")) == "2026-11-22 09:30:00+08:00"


BAD_DAYS = [
    "", None, 5, "2026", "2026-13-01", "2026-02-29", "1948-12-31", "2101-01-01", "9999-12-31", "0000-00-00", "26-1-1",
    "昨天", "2026-11-22T00:00", "٢٠٢٦-١١-٢٢", "2" * 100, "\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD_DAYS)
def test_absurd_days(text):
    with pytest.raises(ValidationError) as refusal:
        cleaning.clean_date(text)
    assert refusal.value.messages[0].endswith("。")


@pytest.mark.parametrize("text", ["a\x00", "a\x07", "a\x1b[31m", "\ud800", "\u202eabc", "\x85"])
def test_hidden_characters_are_refused(text):
    for clean in (cleaning.clean_text, cleaning.clean_line, cleaning.clean_code):
        with pytest.raises(ValidationError):
            clean(text)


def test_prose_keeps_its_lines_and_its_emoji():
    assert cleaning.clean_text(" 第一行\r\n第二行\t😀👨‍👩‍👧\r ") == "第一行\n第二行\t😀👨‍👩‍👧"


def test_a_code_becomes_half_width():
    assert cleaning.clean_code("９９０１０１－ＸＦ　１") == "990101-XF 1"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(), st.lists(st.text())))
def test_whatever_comes_it_is_a_clean_value_or_a_sentence(value):
    for clean in (
        cleaning.clean_text, cleaning.clean_line, cleaning.clean_code, cleaning.clean_money_fen,
        cleaning.clean_money_yuan, cleaning.clean_date,
    ):  # fmt: skip
        problem = None
        try:
            clean(value)
        except ValidationError as refusal:
            problem = refusal
        assert problem is None or problem.messages[0].endswith(("。", "）。"))
