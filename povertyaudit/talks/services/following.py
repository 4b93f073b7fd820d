"""跟踪: the other side reports how the promise was kept, the body looks, and what was not kept goes on somewhere."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import clocks, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.talks.models import NextStep, Talk, TalkKind
from povertyaudit.talks.services.minutes import FOLLOW, prepared
from povertyaudit.talks.services.opening import open_talk
from povertyaudit.talks.services.telling import deciders, subject_of, tell
from povertyaudit.talks.workflow import TALK
from rectification.models import UNCOUNTED, Item, State


@transaction.atomic
def answer(
    talk: Talk, *, by: User, text: str, files: Iterable[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """报告承诺落实情况 by the other side, with photos or without; may be sent again until it was looked at."""
    row = TALK.begin(talk, "answer", by=by, note=note, expected_version=expected_version)
    if not text.strip():
        raise RuleBroken("answer.text", "请写明承诺落实到了什么程度。", field="text")
    kept = prepared(row, files, by, "answer")
    changes = {"answer": text.strip(), "answered_by": by, "answered_at": moment.now()}
    done: Talk = TALK.finish(
        row,
        "answer",
        by=by,
        note=note,
        changes=changes,
        saved=kept,
        facts={"files": [one.sha256 for one in kept]},
    )
    tell(done, [done.recorder, done.talker], "约谈对象报告了承诺落实情况，请跟踪核实。", by=by)
    return done


@transaction.atomic
def follow_up(
    talk: Talk, *, by: User, outcome: str, finding: str, followed_on: date | None = None, next_step: str = "",
    item: Item | None = None, note: str = "", expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """登记跟踪结果 and 办结: `outcome` kept or not_kept; what was not kept goes on by `next_step`.

    `press`: the leaders are asked; `item`: the item that was opened; `talk`: the next talk, opened in the same act.
    """
    row = TALK.begin(talk, "follow_up", by=by, note=note, expected_version=expected_version)
    day = followed_on or moment.today()
    if not row.held_on <= day <= moment.today():
        text = f"跟踪日期应在约谈之日 {row.held_on} 至今天之间。"
        raise RuleBroken("follow.day", text, field="followed_on")
    if not finding.strip():
        raise RuleBroken("follow.finding", "请写明跟踪核实情况。", field="finding")
    _check_end(outcome, next_step, item)
    changes: dict[str, Any] = {
        "outcome": outcome, "finding": finding.strip(), "followed_by": by, "followed_on": day, "next_step": next_step,
        "item": item,
    }  # fmt: skip
    done: Talk = TALK.finish(row, "follow_up", by=by, note=note, changes=changes)
    clocks.stop(done, FOLLOW, moment.today(), verb="talk.follow_up")
    words = "约谈承诺已经落实，约谈办结。" if outcome == "kept" else "约谈承诺没有落实，将另行办理。"
    tell(done, subject_of(done), words, by=by)
    _goes_on(done, by)
    return done


def _check_end(outcome: str, next_step: str, item: Item | None) -> None:
    if outcome not in {"kept", "not_kept"}:
        raise RuleBroken("follow.outcome", "请选择承诺是否落实。", field="outcome")
    if outcome == "kept" and (next_step or item):
        raise RuleBroken("follow.kept", "已经落实的，不填后续办理。", field="next_step")
    if outcome == "not_kept" and next_step not in NextStep.values:
        raise RuleBroken("follow.next", "没有落实的，请选择后续办理。", field="next_step")
    if (next_step == NextStep.ITEM) != (item is not None):
        text = "后续办理为整改事项的，请填写事项编号；其他情况不填。"
        raise RuleBroken("follow.item", text, field="item")
    if item is not None and item.state in {State.CLOSED, *UNCOUNTED}:
        raise RuleBroken(
            "follow.item_closed", f"整改事项 {item.number} 没有在办，请先重新打开或者另立事项。", field="item"
        )


def _goes_on(done: Talk, by: User) -> None:
    if done.next_step == NextStep.PRESS:
        tell(done, [*deciders(done), done.decided_by], "约谈承诺没有落实，建议继续督办，请决定。", by=by)
    if done.next_step == NextStep.TALK:
        about = {"account": done.account, "name": done.name, "post_text": done.post_text, "rank": done.rank}
        persons = [about] if done.kind == TalkKind.PERSON else []
        reason = f"{done.number} 的承诺没有落实：{done.finding}"
        open_talk(by=by, unit=done.unit, persons=persons, rank=done.rank, previous=done, reason=reason)
