"""What an item says at a moment, and what differs between two moments: a new application is compared with the refused one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.render import yuan
from rectification.models import Item

ADDED, CHANGED, REPLACED, REMOVED = "增加", "修改", "替换", "撤下"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was; `before` and `after` in words, empty where there is none."""

    part: str
    what: str
    before: str
    after: str


def picture(item: Item) -> dict[str, Any]:
    """The content of an item as plain values: texts by the id of their row, files by digest and name, sums in 分."""
    numbers = {m.pk: m.no for m in item.measures.all()}
    no = numbers.get
    return {
        "problem": {
            "大类": item.problem_class, "方面": item.aspect, "具体问题": item.problem, "整改目标": item.goal,
        },
        "measures": {m.public_id: [m.no, m.text] for m in item.measures.all()},
        "results": {r.public_id: [no(r.measure_id, 0), r.text, r.figures] for r in item.results.all()},
        "evidence": {
            e.public_id: [no(e.measure_id, 0), e.kind, e.attachment.sha256, e.note, e.attachment.original_name]
            for e in item.evidence.select_related("attachment")
        },
        "money": {
            one.misuse.number: [one.misuse.amount_fen, one.misuse.recovered_fen]
            for one in item.misuse_links.select_related("misuse")
        },
    }  # fmt: skip


def since_sent_back(item: Item) -> tuple[Any, list[Difference]]:
    """The last sending back and what changed since; (None, []) where there was none."""
    last = item.sent_back.last()
    return (last, differences(last.content, picture(item))) if last is not None else (None, [])


def differences(then: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """Everything that is not the same, part by part."""
    found: list[Difference] = []
    for part, words, label in (
        ("problem", _as_text, "问题"), ("measures", _measure, "措施"), ("results", _result, "成效"),
        ("evidence", _file, "佐证材料"), ("money", _money, "资金"),
    ):  # fmt: skip
        found += _part(label, words, then.get(part, {}), now.get(part, {}))
    return found


def _part(label: str, words: Any, then: dict[str, Any], now: dict[str, Any]) -> Iterable[Difference]:
    """Rows that say the same are the same, whatever their id: a file taken down and put up again is no change."""
    left = [(key, value) for key, value in now.items() if then.get(key) != value]
    gone = {key: value for key, value in then.items() if now.get(key) != value}
    for key, value in list(left):
        twin = next((old for old, was in gone.items() if was == value), None)
        if twin is not None:
            left.remove((key, value))
            del gone[twin]
    for key, value in left:
        if (was := gone.pop(key, None)) is not None:
            yield Difference(label, _how(label, was, value), words(key, was), words(key, value))
        else:
            yield Difference(label, ADDED, "", words(key, value))
    for key, value in gone.items():
        yield Difference(label, REMOVED, words(key, value), "")


def _how(label: str, was: Any, value: Any) -> str:
    return REPLACED if label == "佐证材料" and was[2] != value[2] else CHANGED


def _as_text(key: str, value: str) -> str:
    return f"{key}：{value}"


def _measure(key: str, value: list[Any]) -> str:
    return f"（{value[0]}）{value[1]}"


def _result(key: str, value: list[Any]) -> str:
    figures = f"（数据：{value[2]}）" if value[2] else ""
    return f"{f'（{value[0]}）' if value[0] else ''}{value[1]}{figures}"


def _file(key: str, value: list[Any]) -> str:
    about = f"（{value[0]}）" if value[0] else ""
    return f"{about}{value[4]}{f'，{value[3]}' if value[3] else ''}"


def _money(key: str, value: list[int]) -> str:
    return f"{key}：涉及 {yuan(value[0])} 元，已追缴 {yuan(value[1])} 元"


def not_as_refused(item: Any, by: User) -> None:
    """An application that says what the refused one said is refused again, with that sentence."""
    last, changed = since_sent_back(item)
    if last is not None and not changed:
        text = (
            f"与 {last.sent_back_on} 被退回时的内容完全相同：措施、成效、数据、佐证材料、资金都没有变化。"
            "请按退回意见补充整改后再申请。"
        )
        raise RuleBroken("close_out.identical", text, mend=f"{item.get_absolute_url()}#sent_back")
