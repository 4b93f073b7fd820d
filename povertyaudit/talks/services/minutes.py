"""登记纪要、签署: talker, recorder and the other side are three persons; signed by all three the talk is over and followed."""

import copy
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from povertyaudit.core import clocks, files, moment, signing
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, User
from povertyaudit.talks.models import Talk, TalkState
from povertyaudit.talks.services.notices import check_people
from povertyaudit.talks.services.telling import head_of, subject_of, tell
from povertyaudit.talks.workflow import TALK

FOLLOW = "talk.follow_up"
MOST_FILES = 20
WORDS = {"questions": "约谈提出的问题", "promise": "承诺", "measure": "整改措施"}


@transaction.atomic
def hold(
    talk: Talk, *, by: User, questions: str, promise: str, measure: str, promise_due_on: date, statement: str = "",
    held_on: date | None = None, follow_up_on: date | None = None, files: Iterable[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """登记约谈纪要 by the recorder, who thereby signs it. `follow_up_on`: another day than the rule gives.

    Raises RuleBroken for a talk in the future or before its notice, minutes without promise, measure or date.
    """
    row = TALK.begin(talk, "hold", by=by, note=note, expected_version=expected_version)
    day = held_on or moment.today()
    if not moment.day_of(row.notified_at) <= day <= moment.today():
        text = f"约谈日期应在通知之日 {moment.day_of(row.notified_at)} 至今天之间：还没有谈的不能登记。"
        raise RuleBroken("hold.day", text, field="held_on")
    if timezone.localtime(row.talk_at).date() > moment.today():
        text = f"通知的约谈时间是 {row.talk_at_words}，提前谈的请先办理改期。"
        raise RuleBroken("hold.early", text, field="held_on")
    said = _said(day, questions, statement, promise, measure, promise_due_on)
    check_people(row, row.talker, row.recorder)
    return _written(row, "hold", by, note, said | {"held_on": day}, files, follow_up_on)


@transaction.atomic
def rewrite(
    talk: Talk, *, by: User, questions: str, promise: str, measure: str, promise_due_on: date, statement: str = "",
    follow_up_on: date | None = None, files: Iterable[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """更正纪要 before all have signed: what was signed is signed anew."""
    row = TALK.begin(talk, "rewrite", by=by, note=note, expected_version=expected_version)
    said = _said(row.held_on, questions, statement, promise, measure, promise_due_on)
    if all(getattr(row, name) == value for name, value in said.items()):
        raise RuleBroken("rewrite.same", "纪要没有改动。", field="questions")
    clocks.stop(row, FOLLOW, moment.today(), verb="talk.rewrite")
    unsigned = {"talker_signed": False, "subject_signed": ""}
    return _written(row, "rewrite", by, note, said | unsigned, files, follow_up_on)


def _said(
    day: date, questions: str, statement: str, promise: str, measure: str, due_on: date
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "questions": questions.strip(), "statement": statement.strip(), "promise": promise.strip(),
        "measure": measure.strip(), "promise_due_on": due_on,
    }  # fmt: skip
    for name, words in WORDS.items():
        if not said[name]:
            raise RuleBroken(f"hold.{name}", f"请填写{words}。", field=name)
    if due_on is None or due_on < day:
        raise RuleBroken("hold.due", "请填写承诺时限，时限不能早于约谈日期。", field="promise_due_on")
    return said


def _written(
    row: Talk, verb: str, by: User, note: str, said: dict[str, Any], uploads: Iterable[UploadedFile], on: date | None
) -> Talk:  # fmt: skip
    if on is not None and on < said["promise_due_on"]:
        text = "跟踪日期不能早于承诺时限，更不能早于约谈。"
        raise RuleBroken("hold.follow_up", text, field="follow_up_on")
    kept = prepared(row, uploads, by, "minutes")
    later = copy.copy(row)
    for name, value in said.items():
        setattr(later, name, value)
    void = _voided(row, by, f"talk.{verb}")
    own = signing.sign(later, "recorder", by=by, role="记录人", opinion=note)
    done: Talk = TALK.finish(
        row,
        verb,
        by=by,
        note=note,
        changes=said,
        saved=[*void, *kept, own],
        facts={"files": [one.sha256 for one in kept]},
    )
    fixed: dict[str, Any] = {"due_on": on, "reason": "约谈纪要约定的跟踪日期", "by": by} if on else {}
    clocks.start(
        done, FOLLOW, on=done.promise_due_on or moment.today(), event="承诺时限届满", owner_user=done.recorder,
        head_user=head_of(done), leader_user=done.decided_by, **fixed,
    )  # fmt: skip
    tell(done, [done.talker, *subject_of(done)], "约谈纪要已登记，请签署。", by=by)
    return done


def _voided(row: Talk, by: User, verb: str) -> list[Any]:
    """The signatures over what is written anew; saved before the new one, which stands in their place."""
    found = list(row.signatures.filter(voided_at=None))
    for one in found:
        one.voided_at, one.voided_by, one.voided_verb = moment.now(), by, verb
    return found


def prepared(row: Talk, uploads: Iterable[UploadedFile], by: User, kind: str) -> list[Attachment]:
    """Attachments not saved yet. Raises RuleBroken at `files`, naming the one that is not taken."""
    chosen = list(uploads)
    if len(chosen) > MOST_FILES:
        raise RuleBroken("talk.files", f"一次最多上传 {MOST_FILES} 个文件。", field="files")
    kept: dict[str, Attachment] = {}
    for upload in chosen:
        try:
            one = files.prepare(row, upload, by=by, kind=kind)
        except RuleBroken as refused:
            raise RuleBroken(refused.code, f"“{upload.name}”：{refused.message}", field="files") from refused
        kept.setdefault(one.original_sha256, one)
    return list(kept.values())


@transaction.atomic
def sign(talk: Talk, *, by: User, note: str = "", expected_version: int | None = None) -> Talk:
    """签署纪要 by the talker, or by the other side: the person, or the head of the unit."""
    row = TALK.begin(talk, "sign", by=by, note=note, expected_version=expected_version)
    step = "talker" if row.talker_id == by.pk else "subject"
    if row.signatures.filter(voided_at=None, person=by.person_id).exists():
        raise RuleBroken("sign.same", "约谈人、记录人和约谈对象须是三个人，您已经在另一处签署。")
    own = signing.sign(row, step, by=by, role="约谈人" if step == "talker" else "约谈对象", opinion=note)
    changes = {"talker_signed": True} if step == "talker" else {"subject_signed": "account"}
    return _signed(row, "sign", by, note, changes, [own])


@transaction.atomic
def sign_on_paper(
    talk: Talk, *, by: User, how: str, files: Iterable[UploadedFile] = (), note: str = "",
    expected_version: int | None = None,
) -> Talk:  # fmt: skip
    """登记纸面签字: the other side signed on paper (`paper`, with the scan) or would not sign (`refused`, with the reason)."""
    row = TALK.begin(talk, "sign_on_paper", by=by, note=note, expected_version=expected_version)
    kept = prepared(row, files, by, "signed")
    if how == "paper" and not kept:
        raise RuleBroken("paper.scan", "请上传有约谈对象签字的纪要扫描件。", field="files")
    if how == "refused" and not note.strip():
        raise RuleBroken("paper.why", "拒绝签字的，请写明经过和在场的人。", field="note")
    if how not in {"paper", "refused"}:
        raise RuleBroken("paper.how", "请选择纸面签字还是拒绝签字。", field="how")
    return _signed(row, "sign_on_paper", by, note, {"subject_signed": how}, list(kept))


def _signed(row: Talk, verb: str, by: User, note: str, changes: dict[str, Any], saved: list[Any]) -> Talk:
    whole = (changes.get("talker_signed") or row.talker_signed) and (
        changes.get("subject_signed") or row.subject_signed
    )
    if whole:
        changes["state"] = TalkState.FOLLOWING
    done: Talk = TALK.finish(row, verb, by=by, note=note, changes=changes, saved=saved)
    if whole:
        for path in settings.TALK_SIGNED:
            import_string(path)(done, by=by)
        tell(done, [*subject_of(done), done.recorder], "约谈纪要已签齐，请按承诺落实并报告。", by=by)
    return done
