"""整改情况公开: drafted from the items of a round, approved by another person, published for some days, closed.

The rows of a notice are its text. They are copied from the items and may be reworded while it is a draft; from the
approval on nothing changes them, so what was approved is what is published. Nobody is named in them.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from inspections.models import Finding, Round
from povertyaudit.core import moment, numbering, papers, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Post, Unit, User
from rectification.models import (
    CommentState,
    Item,
    NoticeGround,
    NoticeProblem,
    NoticeState,
    PublicNotice,
)
from rectification.notice_querysets import DRAFTERS, LEADERS
from rectification.services import notice_texts as texts
from rectification.services.notice_papers import paper_of
from rectification.services.telling import tell
from rectification.workflow.notices import NOTICE

HEAD = ("title", "preface", "address", "phone", "mailbox")


def may_draft(by: User) -> bool:
    return bool(by.roles & DRAFTERS)


def items_of(round_: Round, unit: Unit | None, by: User) -> Any:
    """The issued items born of the round that `by` sees, of one unit where named."""
    born = Item.objects.visible_to(by).filter(finding__round=round_).exclude(state="draft").standing()
    found = born.filter(units__unit=unit) if unit else born
    return found.distinct().order_by("problem_class", "pk").prefetch_related("measures", "results")


@transaction.atomic
def draft(
    *, by: User, round: Round, title: str, address: str, phone: str, days: int, unit: Unit | None = None,  # noqa: A002 — the field's own name
    preface: str = "", mailbox: str = "", note: str = "",
) -> PublicNotice:  # fmt: skip
    """起草整改情况公开 of a round (of one `unit` in it): every problem is taken over with measures and results.

    `days`: how long it stays public. Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(DRAFTERS)
    if post is None:
        raise NotAllowed("notice.role", "整改情况公开由巡察办起草。")
    if not Round.objects.visible_to(by).filter(pk=round.pk).exists() or round.is_secret_now:
        raise RuleBroken("notice.round", "没有可以公开整改情况的这个轮次，请改选。", field="round")
    items = list(items_of(round, unit, by))
    hidden = round.findings.exclude(pk__in=Finding.objects.visible_to(by).values("pk"))
    if Item.objects.not_voided().filter(finding__in=hidden.values("pk")).exists():
        text = "您回避了这个轮次的部分巡察对象，整改情况公开请由其他人员起草。"
        raise NotAllowed("notice.recused", text)
    if not items:
        text = "这个轮次（单位）还没有已下发的整改事项，没有可以公开的内容。"
        raise RuleBroken("notice.no_items", text, field="round")
    notice = PublicNotice(
        region=round.region, round=round, unit=unit, title=title, preface=preface, address=address, phone=phone,
        mailbox=mailbox, days=days, drafting_unit=post.unit, drafted_by=by,
    )  # fmt: skip
    made = rows.create(notice, verb="publicnotice.draft", by=by, note=note)
    saved: list[Any] = []
    for ordinal, item in enumerate(_by_class(items), 1):
        problem = NoticeProblem(notice=made, item=item, ordinal=ordinal)
        saved += [problem, *texts.taken(item, problem)]
    return rows.write(made, verb="publicnotice.take_items", by=by, saved=saved)


def _by_class(items: list[Item]) -> list[Item]:
    """Problems of one class stand together, the classes in the order of their first problem."""
    first: dict[str, int] = {}
    for item in sorted(items, key=lambda one: one.pk):
        first.setdefault(item.problem_class, len(first))
    return sorted(items, key=lambda one: (first[one.problem_class], one.pk))


@transaction.atomic
def edit(
    notice: PublicNotice, *, by: User, title: str, address: str, phone: str, days: int, preface: str = "",
    mailbox: str = "", note: str = "", expected_version: int | None = None,
) -> PublicNotice:  # fmt: skip
    """修改 what stands around the problems."""
    row = NOTICE.begin(notice, "edit", by=by, note=note, expected_version=expected_version)
    texts.check_names(row, {"title": title, "preface": preface}, _items(row))
    changes = {
        "title": title, "preface": preface, "address": address, "phone": phone, "mailbox": mailbox, "days": days,
    }  # fmt: skip
    done: PublicNotice = NOTICE.finish(row, "edit", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def reword(
    notice: PublicNotice, *, by: User, problem: NoticeProblem, text: str, lines: Iterable[Mapping[str, str]],
    note: str = "", expected_version: int | None = None,
) -> PublicNotice:  # fmt: skip
    """改写 one problem. `lines` are {"measure", "result"} in their order and replace those standing."""
    row = NOTICE.begin(notice, "reword", by=by, note=note, expected_version=expected_version)
    mine = _problem_of(row, problem)
    pairs = [(str(line.get("measure", "")), str(line.get("result", ""))) for line in lines]
    wanted = texts.numbered(mine, [pair for pair in pairs if any(part.strip() for part in pair)])
    if not wanted:
        raise RuleBroken("reword.lines", "请至少写一条措施和它的成效。", field="lines")
    said = "\n".join(f"{line.measure}\n{line.result}" for line in wanted)
    texts.check_names(row, {"text": text, "lines": said}, [mine.item])
    mine.text = text
    done: PublicNotice = NOTICE.finish(row, "reword", by=by, note=note, **_lines_changed(mine, wanted))
    return done


@transaction.atomic
def retake(
    notice: PublicNotice, *, by: User, problem: NoticeProblem, note: str = "", expected_version: int | None = None
) -> PublicNotice:  # fmt: skip
    """从整改事项重新取文字: what the item says today replaces what was taken and reworded."""
    row = NOTICE.begin(notice, "retake", by=by, note=note, expected_version=expected_version)
    mine = _problem_of(row, problem)
    wanted = texts.taken(mine.item, mine)
    done: PublicNotice = NOTICE.finish(row, "retake", by=by, note=note, **_lines_changed(mine, wanted))
    return done


def _problem_of(notice: PublicNotice, problem: NoticeProblem) -> NoticeProblem:
    found: NoticeProblem | None = notice.problems.select_related("item").filter(pk=problem.pk).first()
    if found is None:
        raise RuleBroken("notice.problem", "没有找到这个问题，请重新选择。", field="problem")
    return found


def _lines_changed(problem: NoticeProblem, wanted: list[Any]) -> dict[str, Any]:
    """Which rows to save and to remove so that `wanted` are the lines; a line that stays keeps its row."""
    standing = {line.no: line for line in problem.lines.all()}
    saved: list[Any] = [problem]
    for line in wanted:
        kept = standing.pop(line.no, None)
        if kept is None:
            saved.append(line)
        elif (kept.measure, kept.result) != (line.measure, line.result):
            kept.measure, kept.result = line.measure, line.result
            saved.append(kept)
    return {"saved": saved, "removed": list(standing.values())}


@transaction.atomic
def withhold(
    notice: PublicNotice, *, by: User, problem: NoticeProblem, ground: NoticeGround, ground_note: str,
    note: str = "", expected_version: int | None = None,
) -> PublicNotice:  # fmt: skip
    """提出不公开 of one problem, on a ground in force today; a leader who is another person must agree."""
    row = NOTICE.begin(notice, "withhold", by=by, note=note, expected_version=expected_version)
    mine = _problem_of(row, problem)
    today = NoticeGround.objects.of_day(ground, moment.today())
    if today is None:
        raise RuleBroken("withhold.ground", "这条不公开理由已经停用，请改选。", field="ground")
    if not ground_note.strip():
        raise RuleBroken("withhold.note", "请写明为什么适用这条理由。", field="ground_note")
    mine.ground, mine.ground_note, mine.withheld_by = today, ground_note, by
    mine.allowed_by = mine.allowed_on = None
    done: PublicNotice = NOTICE.finish(row, "withhold", by=by, note=note, saved=[mine])
    return done


@transaction.atomic
def restore(
    notice: PublicNotice, *, by: User, problem: NoticeProblem, note: str = "", expected_version: int | None = None
) -> PublicNotice:  # fmt: skip
    """恢复公开."""
    row = NOTICE.begin(notice, "restore", by=by, note=note, expected_version=expected_version)
    mine = _problem_of(row, problem)
    mine.ground = mine.withheld_by = mine.allowed_by = mine.allowed_on = None
    mine.ground_note = ""
    done: PublicNotice = NOTICE.finish(row, "restore", by=by, note=note, saved=[mine])
    return done


@transaction.atomic
def allow_withholding(
    notice: PublicNotice, *, by: User, problem: NoticeProblem, note: str = "", expected_version: int | None = None
) -> PublicNotice:  # fmt: skip
    """同意不公开 of one problem, by a leader who did not propose it."""
    row = NOTICE.begin(notice, "allow_withholding", by=by, note=note, expected_version=expected_version)
    mine = _problem_of(row, problem)
    if mine.withheld_by is None:
        raise RuleBroken("allow.public", "这个问题没有提出不公开，请重新选择。", field="problem")
    if mine.withheld_by.person_id == by.person_id:
        text = "提出不公开和同意不公开的不能是同一个人。"
        raise RuleBroken("allow.own", text, field="problem")
    mine.allowed_by, mine.allowed_on = by, moment.today()
    done: PublicNotice = NOTICE.finish(row, "allow_withholding", by=by, note=note, saved=[mine])
    return done


def _items(notice: PublicNotice) -> list[Item]:
    return [problem.item for problem in notice.problems.select_related("item")]


@transaction.atomic
def submit(
    notice: PublicNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> PublicNotice:
    """报送审批."""
    row = NOTICE.begin(notice, "submit", by=by, note=note, expected_version=expected_version)
    texts.check_whole(row)
    done: PublicNotice = NOTICE.finish(row, "submit", by=by, note=note)
    posts = Post.objects.current().filter(role__in=LEADERS, region_id=row.region.county_code())
    leaders = User.objects.filter(pk__in=posts.values("user_id")).exclude(pk=by.pk)
    tell(done, leaders, "整改情况公开报您审批。", kind="notice")
    return done


@transaction.atomic
def discard(
    notice: PublicNotice, *, by: User, note: str, expected_version: int | None = None
) -> PublicNotice:
    """作废 of a draft, with the reason: it stays to be read, owes nothing, and another may be drafted."""
    done: PublicNotice = NOTICE.apply(notice, "discard", by=by, note=note, expected_version=expected_version)
    return done


@transaction.atomic
def approve(
    notice: PublicNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> PublicNotice:
    """批准, by a leader who did not draft it, once every problem kept back was agreed to."""
    row = NOTICE.begin(notice, "approve", by=by, note=note, expected_version=expected_version)
    texts.check_whole(row)
    if waiting := row.problems.filter(ground__isnull=False, allowed_by=None):
        text = f"{'、'.join(map(str, waiting))}提出不公开，尚未同意；请先办理“同意不公开”，不同意的退回修改。"
        raise RuleBroken("notice.withholding_open", text)
    changes = {"approved_by": by, "approved_on": moment.today()}
    done: PublicNotice = NOTICE.finish(row, "approve", by=by, note=note, changes=changes)
    tell(done, [done.drafted_by], "整改情况公开已批准，请公开。", kind="notice")
    return done


@transaction.atomic
def send_back(
    notice: PublicNotice, *, by: User, note: str, expected_version: int | None = None
) -> PublicNotice:
    """退回修改; an approval falls."""
    done: PublicNotice = NOTICE.apply(
        notice, "send_back", by=by, note=note, expected_version=expected_version, approved_by=None, approved_on=None
    )  # fmt: skip
    tell(done, [done.drafted_by], "整改情况公开被退回修改。", kind="notice")
    return done


@transaction.atomic
def publish(
    notice: PublicNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> PublicNotice:
    """公开: numbered, dated for its days, the text kept as a Word file. Who comments is answered by 信访室."""
    row = NOTICE.begin(notice, "publish", by=by, note=note, expected_version=expected_version)
    texts.check_whole(row)
    today = moment.today()
    changes = {
        "number": numbering.take("notice", row.region), "published_on": today,
        "ends_on": today + timedelta(days=row.days),
    }  # fmt: skip
    done: PublicNotice = NOTICE.finish(row, "publish", by=by, note=note, changes=changes)
    papers.keep(done, paper_of(done), by=by, kind="notice", name=done.title)
    return done


@transaction.atomic
def close(
    notice: PublicNotice, *, by: User, note: str = "", expected_version: int | None = None
) -> PublicNotice:
    """结束公开, once its days are over and every comment became a petition."""
    row = NOTICE.begin(notice, "close", by=by, note=note, expected_version=expected_version)
    if moment.today() <= row.ends_on:
        raise RuleBroken("notice.still_public", f"公开期到 {row.ends_on}，期满后才能结束。")
    if left := row.comments.filter(state=CommentState.RECEIVED).count():
        raise RuleBroken("notice.comments_left", f"还有 {left} 条群众意见没有登记信访件，请信访室先登记。")
    done: PublicNotice = NOTICE.finish(row, "close", by=by, note=note, changes={"closed_on": moment.today()})
    return done


def not_ended(round_: Round) -> list[str]:
    """Notices of the round that are not over: what keeps it from being closed (`settings.ROUND_CLOSING`)."""
    left = round_.notices.standing().exclude(state=NoticeState.CLOSED).order_by("pk")
    return [f"整改情况公开《{notice.title}》没有结束" for notice in left]
