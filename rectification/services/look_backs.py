"""The verbs of a look-back: planned and drawn in one act, approved by a leader, finished and told. Money is in 分."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections.models import Campaign, Round
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Post, Region, Role, Unit, User
from povertyaudit.core.scope import prefix_of
from rectification.look_back_querysets import LEADERS, OPEN, PLANNERS, RESULTS
from rectification.models import (
    LookBack,
    LookBackCheck,
    LookBackCheckState,
    LookBackDraw,
    LookBackOrigin,
    LookBackPool,
    LookBackUnit,
)
from rectification.services import look_back_clocks
from rectification.services.look_back_drawing import Drawn, draw
from rectification.workflow.look_backs import LOOK_BACK

MOST_UNITS = 50
# Whose work it is, by where the sample comes from: a round is 巡察办's and the supervision room's, a period anybody's.
BY_ORIGIN: Mapping[str, frozenset[str]] = {
    LookBackOrigin.ROUND: frozenset({Role.PATROL_OFFICE, Role.SUPERVISION}),
    LookBackOrigin.CAMPAIGN: frozenset({Role.PATROL_OFFICE, Role.SUPERVISION}),
    LookBackOrigin.PERIOD: PLANNERS,
}


@transaction.atomic
def plan(
    *, by: User, title: str, region: Region, origin: str, starts_on: date, ends_on: date, approver: User,
    round: Round | None = None, campaign: Campaign | None = None, period_from: date | None = None,
    period_to: date | None = None, pool: str = LookBackPool.BOTH, random_size: int = 0, above_fen: int | None = None,
    repeat_units: bool = False, units: Iterable[Mapping[str, Any]] = (), basis: str = "", seed: str = "", note: str = "",
) -> LookBack:  # fmt: skip
    """拟定回头看 and draw its sample at once: the list and the seed are kept as they stood, and never drawn again.

    `units` are {"unit"}. Only who drafted it, his desk and the approver know of it. Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(BY_ORIGIN.get(origin, frozenset()))
    if post is None:
        whom = "巡察办、监督检查室或者案管室" if origin == LookBackOrigin.PERIOD else "巡察办或者监督检查室"
        raise NotAllowed("look_back.role", f"这一范围的回头看由{whom}拟定。")
    row = LookBack(
        title=title, region=region, origin=origin, starts_on=starts_on, ends_on=ends_on, approver=approver, round=round,
        campaign=campaign, period_from=period_from, period_to=period_to, pool=pool, random_size=random_size,
        above_fen=above_fen, repeat_units=repeat_units, basis=basis, drafted_by=by, desk_unit=post.unit,
    )  # fmt: skip
    chosen = _units(units)
    _check_origin(row)
    _check(row, post)
    drawn = draw(row, by, units=chosen, seed=seed)
    below = [LookBackUnit(unit=unit) for unit in chosen]
    kept = LookBackDraw(
        seed=drawn.seed, population=drawn.population, drawn=drawn.lots, drawn_by=by, drawn_at=moment.now()
    )
    made = rows.create(row, verb="lookback.plan", by=by, note=note, children=[*below, kept])
    rows.create_many(_checks(made, drawn), verb="lookbackcheck.draw", by=by)
    _tell(made, [approver], "有一件回头看计划等待您批准。")
    return made


def _units(units: Iterable[Mapping[str, Any]]) -> list[Unit]:
    wanted = [one["unit"] for one in units]
    if len({unit.pk for unit in wanted}) != len(wanted):
        raise RuleBroken("look_back.unit_twice", "同一个单位只能出现一次。", field="units")
    if len(wanted) > MOST_UNITS:
        raise RuleBroken("look_back.units", f"指定抽查单位最多 {MOST_UNITS} 个。", field="units")
    return wanted


def _check_origin(row: LookBack) -> None:
    """Exactly what the origin asks for. Raises RuleBroken at the field."""
    given = {
        "round": row.round,
        "campaign": row.campaign,
        "period_from": row.period_from,
        "period_to": row.period_to,
    }
    wanted = {"period": ("period_from", "period_to")}.get(row.origin, (row.origin,))
    words = {"round": "轮次", "campaign": "专项行动", "period_from": "开始日期", "period_to": "截止日期"}
    for name, value in given.items():
        if name in wanted and value is None:
            raise RuleBroken("look_back.origin", f"按这一范围抽查，请填写{words[name]}。", field=name)
        if name not in wanted and value is not None:
            text = f"范围是“{LookBackOrigin(row.origin).label}”，{words[name]}不填。"
            raise RuleBroken("look_back.origin", text, field=name)
    if row.period_from and row.period_to and row.period_to < row.period_from:
        raise RuleBroken("look_back.period", "截止日期不能早于开始日期。", field="period_to")
    if row.round is not None and row.round.is_secret_now:
        raise RuleBroken("look_back.secret", "这一轮次还在保密，结束以后再回头看。", field="round")


def _check(row: LookBack, post: Any) -> None:
    if not row.region_id.startswith(prefix_of(post.region_id)):
        raise RuleBroken("look_back.region", "只能拟定本地区的回头看，请重新选择地区。", field="region")
    if not row.approver.roles & LEADERS or row.approver.person_id == row.drafted_by.person_id:
        text = "批准人应是分管领导或者主要负责人，且不是拟定人本人。"
        raise RuleBroken("look_back.approver", text, field="approver")
    if row.ends_on < row.starts_on:
        raise RuleBroken("look_back.ends_on", "截止日期不能早于开始日期。", field="ends_on")


def _checks(made: LookBack, drawn: Drawn) -> list[LookBackCheck]:
    return [
        LookBackCheck(
            plan=made, seq=seq, ground=ground, region_id=line.region_id, item_id=line.item_id,
            recovery_id=line.recovery_id, unit_id=line.unit_id, signer_id=line.signer_id, kind=line.kind,
            amount_fen=line.fen,
        )
        for seq, (line, ground) in enumerate(drawn.chosen, 1)
    ]  # fmt: skip


@transaction.atomic
def approve(
    look_back: LookBack, *, by: User, note: str = "", expected_version: int | None = None
) -> LookBack:
    """批准 by the leader named, who is not the drafter. From now on checkers see their rows and are told."""
    row = LOOK_BACK.begin(look_back, "approve", by=by, note=note, expected_version=expected_version)
    done: LookBack = LOOK_BACK.finish(
        row, "approve", by=by, note=note, changes={"approved_on": moment.today()}
    )
    _tell(done, [done.drafted_by], "回头看计划已经批准。")
    look_back_clocks.start(done, done.checks.filter(state__in=OPEN).order_by("pk"))
    named = User.objects.filter(pk__in=done.checks.filter(state="assigned").values("checker"))
    tell_checkers(done, named)
    return done


@transaction.atomic
def cancel(look_back: LookBack, *, by: User, note: str = "", expected_version: int | None = None) -> LookBack:
    """取消 with the reason: it stays unknown to everybody else and never has a number. Not what was found: that is finished."""
    row = LOOK_BACK.begin(look_back, "cancel", by=by, note=note, expected_version=expected_version)
    if row.checks.filter(state__in=RESULTS).exists():
        text = "这个计划已有核查结果：请把其余的“不再核查”后办结，不能取消。"
        raise RuleBroken("look_back.results", text)
    done: LookBack = LOOK_BACK.finish(row, "cancel", by=by, note=note)
    look_back_clocks.stop_all(done, "lookback.cancel")
    _tell(
        done,
        [one for one in (done.drafted_by, done.approver) if one.pk != by.pk],
        "有一件回头看计划已经取消。",
    )
    return done


@transaction.atomic
def finish(look_back: LookBack, *, by: User, note: str = "", expected_version: int | None = None) -> LookBack:
    """办结并告知结果: every row has come to its end; it gets its number, and the units hear of the results."""
    row = LOOK_BACK.begin(look_back, "finish", by=by, note=note, expected_version=expected_version)
    left = row.checks.filter(state__in=OPEN).count()
    relapsed = row.checks.filter(state=LookBackCheckState.RELAPSED).count()
    if left or relapsed:
        words = [f"{left} 件没有核查"] * bool(left) + [f"{relapsed} 件反弹没有处理"] * bool(relapsed)
        raise RuleBroken("look_back.open", f"还有{'，'.join(words)}，不能办结。")
    changes = {"finished_on": moment.today(), "number": numbering.take("look_back", row.region)}
    done: LookBack = LOOK_BACK.finish(row, "finish", by=by, note=note, changes=changes)
    _tell_units(done)
    return done


def _tell_units(done: LookBack) -> None:
    """One sentence to each responsible unit that was looked at; the results stand on its items."""
    seen = done.checks.filter(state__in=RESULTS, item__isnull=False).values("unit")
    posts = Post.objects.current().filter(role__in=(Role.UNIT_HEAD, Role.LIAISON), unit__in=seen)
    text = "回头看核查已经结束，结果见整改事项页面。"
    key = f"lookback.told:{done.public_id}"
    told = User.objects.filter(pk__in=posts.values("user"))
    notify.tell(told, key, kind="item", text=text, url="/items/?state=closed")


def tell_checkers(plan_: LookBack, users: Iterable[User]) -> None:
    """A sentence and a link: nothing of what, where or when."""
    key = f"lookback.checks:{plan_.public_id}"
    notify.tell(users, key, kind="lookback", text="有回头看核查由您办理。", url="/look-back-checks/?tab=mine")


def _tell(row: LookBack, users: Iterable[User], text: str) -> None:
    entry = row._last_entry  # type: ignore[attr-defined]
    notify.tell(
        users, f"{entry.verb}:{entry.public_id}", kind=entry.verb, number=row.number or "", text=text,
        url=row.get_absolute_url(), target=row,
    )  # fmt: skip
