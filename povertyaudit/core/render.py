"""How values look everywhere: money, dates, states, clocks. Pages and template tags share these functions.

Colour never stands alone: a state and a clock always carry a shape and a word.
"""

import datetime
import re
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from povertyaudit.core.moment import today as today_here

NOTHING = SafeString('<span class="none">—</span>')
SOON_DAYS, NEAR_DAYS = 7, 3  # severity 1 and 2, as `deadlines.light`
TONES = frozenset({"plain", "open", "wait", "done", "stop", "warn"})
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")


def yuan(fen: int | None) -> str:
    """分 → "1,234,567.80" (元)."""
    return "" if fen is None else f"{Decimal(fen) / 100:,.2f}"


def wan(fen: int | None) -> str:
    """分 → 万元 with at most two decimals: "188.72"."""
    if fen is None:
        return ""
    text = f"{Decimal(fen) / 1_000_000:,.2f}"
    return text.rstrip("0").rstrip(".")


def _group_words(number: int) -> str:
    """Words of 1 … 9999 without a leading zero."""
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words


def _integer_words(number: int) -> str:
    groups: list[int] = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    words, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + _group_words(group) + _GROUPS[index]
        gap = not group
    return words


def capital(fen: int | None) -> str:
    """分 → 中文大写金额: 123450 → "壹仟贰佰叁拾肆元伍角整"."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    words = _integer_words(whole) + "元" if whole else ""
    if not rest:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[cents] + "分" if cents else "整")


def date(value: datetime.date | datetime.datetime | None) -> str:
    """2026-11-22, in local time."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return value.strftime("%Y-%m-%d")


def moment(value: datetime.datetime | None) -> str:
    """2026-11-22 09:30, in local time."""
    return "" if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def badge(word: str, tone: str = "plain") -> SafeString:
    """A state: shape and word; `tone` is plain, open, wait, done, stop or warn."""
    tone = tone if tone in TONES else "plain"
    return format_html('<span class="state state-{}"><i aria-hidden="true"></i>{}</span>', tone, word)


def state(row: Any) -> SafeString:
    """The state of `row`; its model may name tones in `state_tones` (state value → tone)."""
    if row is None or not getattr(row, "state", ""):
        return NOTHING
    return badge(row.get_state_display(), getattr(row, "state_tones", {}).get(row.state, "plain"))


def light(due_on: datetime.date, today: datetime.date) -> tuple[str, str]:
    """Tone and words of a running due date."""
    left = (due_on - today).days
    if left < 0:
        return "late", f"超期 {-left} 天"
    if left == 0:
        return "near", "今天到期"
    tone = "near" if left <= NEAR_DAYS else "soon" if left <= SOON_DAYS else "calm"
    return tone, f"还剩 {left} 天"


def _ended(clock: Any) -> tuple[str, str] | None:
    """Tone and words of a clock that no longer runs, or that says for itself what its day means; else None."""
    if said := getattr(clock, "clock_words", None):
        return str(said[0]), str(said[1])
    stopped = getattr(clock, "stopped_on", None)
    if stopped is not None:
        return ("past", "超期办结") if stopped > clock.due_on else ("kept", "按期办结")
    return ("held", "暂停计时") if getattr(clock, "state", "") == "paused" else None


def comment(row: Any) -> SafeString:
    """The text of a comment with the names it mentions marked, each line on its own."""
    names = sorted({one["name"] for one in row.mentions}, key=len, reverse=True)
    parts = (
        re.split(f"([@＠](?:{'|'.join(map(re.escape, names))}))", str(row.text)) if names else [str(row.text)]
    )
    marked = [format_html("<b>{}</b>", part) if at % 2 else escape(part) for at, part in enumerate(parts)]
    return SafeString("<br>".join("".join(marked).split("\n")))


def clock(value: Any, today: datetime.date | None = None) -> SafeString:
    """The light of a clock row (or of a bare due date): date, shape and words; grey dash where none runs."""
    due_on = getattr(value, "due_on", value)
    if isinstance(due_on, datetime.datetime):
        due_on = timezone.localtime(due_on).date()
    if due_on is None:
        return NOTHING
    tone, words = _ended(value) or light(due_on, today or today_here())
    if getattr(value, "provisional", False):
        words += "（暂定）"
    day = due_on.isoformat()
    return format_html(
        '<span class="clock clock-{}"><time datetime="{}">{}</time> <b><i aria-hidden="true"></i>{}</b></span>',
        tone, day, day, words,
    )  # fmt: skip
