"""The verbs of a plan of visits: ordered, approved by a second person, drawn, carried out. A secret until it is finished."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections import sampling
from inspections.models import PlanMember, PlanPlace, Round, Sample, VisitPlan
from inspections.models.plans import MOST_DRAWN, MOST_LINES
from inspections.services.field_numbers import number_of_plan
from inspections.services.holding import hold_round, hold_rounds, round_of
from inspections.services.plan_team import kept_from, places_of, refuse_aside, refuse_unnamed, team_of
from inspections.workflow import APPROVERS
from inspections.workflow.plans import ORDERERS, PLAN
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.core.models.places import Level
from povertyaudit.core.scope import prefix_of, region_under


@transaction.atomic
def order(
    *, by: User, title: str, region: Region, starts_on: date, ends_on: date, approver: User,
    members: Iterable[Mapping[str, Any]], places: Iterable[Mapping[str, Any]] = (), kind: str = VisitPlan.Kind.UNANNOUNCED,
    round: Round | None = None, purpose: str = "", note: str = "",
) -> VisitPlan:  # fmt: skip
    """部署走访. `members` are {"user", "role": leader|member}, `places` {"region"} in `region`.

    Only those named hear of it, without a word of where. Raises NotAllowed, RuleBroken.
    """
    if by.post_as(ORDERERS) is None:
        raise NotAllowed("order.role", "走访计划由巡察办、监督检查室和领导部署。")
    if round is not None:  # held: its end makes known, and numbers, what is there
        round = hold_rounds([round.pk])[round.pk]
    plan = VisitPlan(
        title=title, region=region, starts_on=starts_on, ends_on=ends_on, approver=approver, kind=kind, round=round,
        purpose=purpose, ordered_by=by,
    )  # fmt: skip
    _check(plan, by)
    team, wanted = team_of(members), places_of(plan, places)
    refuse_unnamed(plan, team)
    refuse_aside(plan, team, wanted)
    below = [PlanMember(user=user, role=role) for user, role in team]
    below_places = [PlanPlace(region=place) for place in wanted]
    made = rows.create(plan, verb="visitplan.order", by=by, note=note, children=[*below, *below_places])
    _tell(made, [approver], "有一件走访计划等待您批准。")
    return made


def _check(plan: VisitPlan, by: User) -> None:
    post = by.post_as(ORDERERS)
    if post is None or not plan.region_id.startswith(prefix_of(post.region_id)):
        raise RuleBroken("order.region", "只能部署本地区的走访，请重新选择地区。", field="region")
    approver = plan.approver
    if not approver.roles & APPROVERS or approver.person_id == plan.ordered_by.person_id:
        text = "批准人应是分管领导或者主要负责人，且不是部署人本人。"
        raise RuleBroken("order.approver", text, field="approver")
    if plan.ends_on < plan.starts_on:
        raise RuleBroken("order.ends_on", "截止日期不能早于开始日期。", field="ends_on")
    if plan.round is None:
        return
    if plan.round.finished_on is not None:
        raise RuleBroken("order.round_over", "这一轮次已经结束，请重新选择。", field="round")
    if not plan.region_id.startswith(prefix_of(plan.round.region_id)):
        raise RuleBroken("order.round_region", "走访地区不在这一轮次的巡察地区，请核对。", field="round")


@transaction.atomic
def amend(
    plan: VisitPlan, *, by: User, members: Iterable[Mapping[str, Any]], places: Iterable[Mapping[str, Any]] = (),
    note: str = "", expected_version: int | None = None, **values: Any,
) -> VisitPlan:  # fmt: skip
    """修改: replaces what was ordered; the approver approves anew. Places drawn stay beside those named here."""
    wanted_round: Round | None = values.get("round")
    held = hold_rounds([round_of(plan), wanted_round.pk if wanted_round else None])
    row = PLAN.begin(plan, "amend", by=by, note=note, expected_version=expected_version)
    if wanted_round is not None:
        values["round"] = held[wanted_round.pk]
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    _check(row, by)
    team, wanted = team_of(members), places_of(row, places)
    refuse_unnamed(row, team)
    drawn = [one.region for one in row.places.filter(drawn=True).select_related("region")]
    refuse_aside(row, team, [*wanted, *drawn])
    for name, value in before.items():
        setattr(row, name, value)
    saved, removed = _replaced(row, team, wanted)
    changes = {**values, "approved_on": None}
    done: VisitPlan = PLAN.finish(
        row, "amend", by=by, note=note, changes=changes, saved=saved, removed=removed
    )
    _tell(done, [done.approver], "有一件走访计划修改后等待您批准。")
    return done


def _replaced(
    row: VisitPlan, team: list[tuple[User, str]], wanted: list[Region]
) -> tuple[list[Any], list[Any]]:
    """(saved, removed) rows so that the team and the places named by hand are those given."""
    people = {one.user_id: one for one in row.members.all()}
    saved: list[Any] = []
    for user, role in team:
        member = people.pop(user.pk, None) or PlanMember(plan=row, user=user)
        if member.pk is None or member.role != role:
            member.role = role
            saved.append(member)
    known = {one.region_id: one for one in row.places.all()}
    saved += [PlanPlace(plan=row, region=place) for place in wanted if place.pk not in known]
    kept = {place.pk for place in wanted}
    gone = [one for one in known.values() if not one.drawn and one.region_id not in kept]
    return saved, [*people.values(), *gone]


@transaction.atomic
def approve(plan: VisitPlan, *, by: User, note: str = "", expected_version: int | None = None) -> VisitPlan:
    """批准: the person named, who is not the one who ordered."""
    row = PLAN.begin(plan, "approve", by=by, note=note, expected_version=expected_version)
    done: VisitPlan = PLAN.finish(row, "approve", by=by, note=note, changes={"approved_on": moment.today()})
    _tell(done, [done.ordered_by, *(one.user for one in done.members.all())], "有一件走访计划已经批准。")
    return done


@transaction.atomic
def draw_places(
    plan: VisitPlan, *, by: User, size: int, within: Region | None = None, level: int = Level.VILLAGE,
    seed: str = "", note: str = "", expected_version: int | None = None,
) -> VisitPlan:  # fmt: skip
    """抽取地点 out of all villages (or townships) in `within`, by default the region of the plan; those drawn before stay out.

    Without `seed` a random one is taken. A second draw needs its reason. Raises RuleBroken.
    """
    row = PLAN.begin(plan, "draw_places", by=by, note=note, expected_version=expected_version)
    area = within or row.region
    if not area.code.startswith(prefix_of(row.region_id)):
        raise RuleBroken("draw.within", "只能在走访地区以内抽取，请重新选择。", field="within")
    known = set(row.places.values_list("region_id", flat=True))
    found = (
        Region.objects.current().filter(region_under("code", area.code), level=level).exclude(pk__in=known)
    )
    found = found.exclude(kept_from(row))
    named = found.order_by("code").values_list("code", "path_name")[: MOST_LINES + 1]
    sample = _sample(row, by, Sample.Kind.PLACES, list(named), size, seed, note)
    places = [PlanPlace(plan=row, region_id=code, drawn=True) for code in sample.drawn]
    done: VisitPlan = PLAN.finish(
        row, "draw_places", by=by, note=note, saved=[sample, *places], facts={"drawn": len(places)}
    )
    return done


@transaction.atomic
def draw_households(
    plan: VisitPlan, *, by: User, size: int, text: str = "", file: UploadedFile | None = None, seed: str = "",
    note: str = "", expected_version: int | None = None,
) -> VisitPlan:  # fmt: skip
    """抽取农户 out of a list pasted (`text`) or uploaded (`file`: xlsx, CSV). Raises RuleBroken, Several."""
    row = PLAN.begin(plan, "draw_households", by=by, note=note, expected_version=expected_version)
    lines = sampling.households(text, file)
    sample = _sample(row, by, Sample.Kind.HOUSEHOLDS, lines, size, seed, note)
    facts = {"drawn": len(sample.drawn)}
    done: VisitPlan = PLAN.finish(row, "draw_households", by=by, note=note, saved=[sample], facts=facts)
    return done


def _sample(
    row: VisitPlan, by: User, kind: str, lines: list[tuple[str, str]], size: int, seed: str, reason: str
) -> Sample:
    if row.samples.filter(kind=kind).exists() and not reason.strip():
        raise RuleBroken("draw.again", "已经抽取过，再次抽取请写明理由。", field="note")
    if len(lines) > MOST_LINES:
        raise RuleBroken("draw.too_many", f"可抽取的超过 {MOST_LINES} 个，请缩小范围。", field="within")
    if not 1 <= size <= MOST_DRAWN:
        raise RuleBroken("draw.size", f"一次抽取 1 至 {MOST_DRAWN} 个。", field="size")
    if size > len(lines):
        raise RuleBroken("draw.few", f"名单里只有 {len(lines)} 个，不够抽取 {size} 个。", field="size")
    given = seed or secrets.token_hex(8)
    keys = [line[0] if kind == Sample.Kind.PLACES else sampling.key_of(line) for line in lines]
    return Sample(
        plan=row, kind=kind, seed=given, size=size, population=[list(line) for line in lines],
        drawn=sampling.drawn(given, keys, size), drawn_by=by, drawn_at=moment.now(), reason=reason[:200],
    )  # fmt: skip


@transaction.atomic
def start(plan: VisitPlan, *, by: User, note: str = "", expected_version: int | None = None) -> VisitPlan:
    """开始走访, not before the day of the plan."""
    row = PLAN.begin(plan, "start", by=by, note=note, expected_version=expected_version)
    if moment.today() < row.starts_on:
        raise RuleBroken("start.early", f"计划从 {row.starts_on} 开始，现在还不能出发。")
    if not row.places.exists():
        raise RuleBroken("start.nowhere", "还没有走访地点，请先填写或者抽取。")
    done: VisitPlan = PLAN.finish(row, "start", by=by, note=note)
    return done


@transaction.atomic
def finish(plan: VisitPlan, *, by: User, note: str = "", expected_version: int | None = None) -> VisitPlan:
    """结束走访: from now on those in charge see it, and it has a number — unless its round is still secret."""
    hold_round(plan)
    row = PLAN.begin(plan, "finish", by=by, note=note, expected_version=expected_version)
    changes: dict[str, Any] = {"finished_on": moment.today()}
    hidden = row.round is not None and row.round.is_secret_now
    if not hidden:
        changes["number"] = numbering.take("visit_plan", row.region)
    done: VisitPlan = PLAN.finish(row, "finish", by=by, note=note, changes=changes)
    if not hidden:
        number_of_plan(done, by=by)
        _tell_left(done)
    return done


def _tell_left(plan: VisitPlan) -> None:
    """Its sheets are known now: where its round was over meanwhile, how many there are and what is to be done with them."""
    round_ = plan.round
    left = plan.worksheets.filter(state="open").count()
    if round_ is None or round_.finished_on is None or not left:
        return
    closed = round_.closed_on is not None
    where = "所属轮次已经办结，请登记到其他轮次" if closed else "所属轮次已经结束，请在轮次办结以前登记"
    told = [round_.ordered_by, plan.ordered_by, *(one.user for one in plan.members.all())]
    _tell(plan, told, f"走访已经结束，有 {left} 份问题底稿没有登记为发现问题：{where}，不登记的作废。")


@transaction.atomic
def cancel(plan: VisitPlan, *, by: User, note: str = "", expected_version: int | None = None) -> VisitPlan:
    """取消: it stays unknown to everybody else, and never has a number. Not what was found on it: that ends the plan."""
    row = PLAN.begin(plan, "cancel", by=by, note=note, expected_version=expected_version)
    if row.worksheets.filter(state="open").exists():
        text = "这个计划已有问题底稿：请“结束走访”，底稿登记为发现问题；底稿都不要的，先逐份作废再取消。"
        raise RuleBroken("cancel.worksheets", text)
    done: VisitPlan = PLAN.finish(row, "cancel", by=by, note=note)
    told = {row.ordered_by, row.approver, *(one.user for one in row.members.all())} - {by}
    _tell(done, told, "有一件走访计划已经取消。")
    return done


def _tell(plan: VisitPlan, users: Iterable[User], text: str) -> None:
    """A sentence and a link for those named: nothing of what, where or when."""
    entry = plan._last_entry  # type: ignore[attr-defined]
    notify.tell(
        users, f"{entry.verb}:{entry.public_id}", kind=entry.verb, number=plan.number or "", text=text,
        url=plan.get_absolute_url(), target=plan,
    )  # fmt: skip
