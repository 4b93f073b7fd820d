"""人才库 and 抽取: who may be drawn, and a draw that anybody can repeat."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from inspections.models import Draw, DrawEntry, PoolPerson, Round, RoundObject, TeamMember
from inspections.models.pool import SEED_LENGTH
from inspections.querysets import NEVER_NAMED
from inspections.services.declared import OWN_UNIT, of_own_unit, touching
from inspections.services.naming import account_or_named
from inspections.workflow import OFFICE, ROUND
from inspections.workflow.pool import POOL
from povertyaudit.core import moment, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Region, Unit, User

NAMED = 3
LONGEST_WHY = 300
MOST = 200  # persons of one draw


@transaction.atomic
def add_person(
    *, by: User, starts_on: date, user: User | None = None, name: str = "", post_title: str = "",
    ends_on: date | None = None, home_unit: Unit | None = None, skills: str = "", note: str = "",
) -> PoolPerson:  # fmt: skip
    """入库 for a term: somebody with an account, or by `name` with `home_unit` who has none. Raises NotAllowed, RuleBroken."""
    post = by.post_as(OFFICE)
    if post is None:
        raise NotAllowed("add_person.role", "人才库由巡察办管理。")
    who = {"user": user, "name": name.strip(), "post_title": post_title.strip(), "home_unit": home_unit}
    raise_all(account_or_named(who))
    if user is not None:
        home = user.home
        if home is None or user.roles & NEVER_NAMED:
            text = "这个账号没有业务岗位，不能入库；系统管理人员和接口账户也不能入库。"
            raise RuleBroken("add_person.user", text, field="user")
        who["home_unit"] = home_unit or home.unit
    county = Region.objects.get(code=post.region.county_code())
    same = {"user": user} if user else {key: who[key] for key in ("user", "name", "home_unit")}
    if PoolPerson.objects.filter(region=county, state=PoolPerson.State.IN, **same).exists():
        field = "user" if user else "name"
        raise RuleBroken("add_person.there", "这个人已在人才库中。", field=field)
    row = PoolPerson(region=county, **who, skills=skills, starts_on=starts_on, ends_on=ends_on)
    return rows.create(row, verb="pool_person.add_person", by=by, note=note)


@transaction.atomic
def take_out(
    person: PoolPerson, *, by: User, ends_on: date | None = None, note: str = "", expected_version: int | None = None,
) -> PoolPerson:  # fmt: skip
    """出库, with the reason; earlier draws keep him."""
    row = POOL.begin(person, "take_out", by=by, note=note, expected_version=expected_version)
    day = ends_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text = f"出库日期应在入库日期 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("take_out.day", text, field="ends_on")
    done: PoolPerson = POOL.finish(row, "take_out", by=by, note=note, changes={"ends_on": day})
    return done


def drawn_order(seed: str, ids: Iterable[str]) -> list[str]:
    """The ids in the order the seed gives: by the SHA-256 of seed and id. Whoever has both can do the sum again."""
    return sorted(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())


def agrees(draw: Draw) -> bool:
    """Whether drawing again from the list that is kept gives the same persons."""
    took_part = draw.entries.exclude(result=DrawEntry.Result.EXCLUDED)
    kept = {one.pool_person.public_id: one.result for one in took_part.select_related("pool_person")}
    again = drawn_order(draw.seed, kept)[: draw.size]
    return again == [one for one in drawn_order(draw.seed, kept) if kept[one] == DrawEntry.Result.DRAWN]


@transaction.atomic
def draw_people(
    round_: Round, *, by: User, size: int, seed: str = "", note: str = "", expected_version: int | None = None
) -> Round:
    """抽取人员 from the pool of the round's county, as of the day. Without `seed` a random one; it is kept either way.

    Left out, each with the reason: whose declared ties or present post touch an object of the round, and who is on a
    team already. Raises RuleBroken when fewer remain than are wanted.
    """
    row = ROUND.begin(round_, "draw_people", by=by, note=note, expected_version=expected_version)
    if not 1 <= size <= MOST:
        raise RuleBroken("draw_people.size", f"抽取人数应在 1 至 {MOST} 之间。", field="size")
    county = row.region.county_code()
    pool = list(PoolPerson.objects.filter(region=county).on(moment.today()).for_list().order_by("pk"))
    why = _excluded(row, pool, by)
    able = {one.public_id: one for one in pool if one.pk not in why}
    if len(able) < size:
        text = f"人才库中可以参加抽取的只有 {len(able)} 人（{len(why)} 人应当回避或者已编组），请减少人数或者补充人才库。"
        raise RuleBroken("draw_people.few", text, field="size")
    seed = seed.strip()[:SEED_LENGTH] or secrets.token_hex(8)
    draw = Draw(round=row, seed=seed, size=size, drawn_by=by, drawn_on=moment.today())
    facts = {"seed": seed, "drawn": size, "from": len(able), "excluded": len(why)}
    in_order = [able[one] for one in drawn_order(seed, able)]
    entries = _entries(draw, in_order, [one for one in pool if one.pk in why], why)
    done: Round = ROUND.finish(row, "draw_people", by=by, note=note, facts=facts, saved=[draw, *entries])
    return done


def _entries(
    draw: Draw, in_order: list[PoolPerson], left_out: list[PoolPerson], why: dict[int, str]
) -> list[DrawEntry]:
    results = DrawEntry.Result
    return [
        DrawEntry(
            draw=draw, pool_person=one, place=place, why=why.get(one.pk, ""),
            result=results.EXCLUDED if one.pk in why else results.DRAWN if place <= draw.size else results.NOT_DRAWN,
        )
        for place, one in enumerate([*in_order, *left_out], 1)
    ]  # fmt: skip


def _excluded(row: Round, pool: list[PoolPerson], by: User) -> dict[int, str]:
    """Key of the pool → why he takes no part."""
    objects = {one.pk: one for one in row.round_objects.standing()}
    ties: dict[int, list[str]] = {}
    persons = {one.user.person_id for one in pool if one.user}
    for (person, key), (_, words) in touching(persons, objects.values()).items():
        ties.setdefault(person, []).append(f"{words}与巡察对象“{objects[key].name}”有关")
    busy = _on_teams(row, pool, by)
    found = {}
    for one in pool:
        own = ties.get(one.user.person_id, []) if one.user else _own_unit(one, objects.values())
        reasons = own[:NAMED] + busy.get(one.identity, [])
        if reasons:
            found[one.pk] = "；".join(reasons)[:LONGEST_WHY]
    return found


def _own_unit(one: PoolPerson, objects: Iterable[RoundObject]) -> list[str]:
    """Of somebody without an account only his unit is known."""
    return [f"{OWN_UNIT}与巡察对象“{found.name}”有关" for found in of_own_unit(one.home_unit, objects)]


def _on_teams(row: Round, pool: list[PoolPerson], by: User) -> dict[Any, list[str]]:
    """Identity → the round under way he is named on: this one, or one that is no secret and that `by` may know of.

    What is said here is kept, and read by all who see the draw: a secret round may not be named, even where `by` knows it.
    """
    under_way = Round.objects.visible_to(by).open().filter(Q(secret=False) | Q(pk=row.pk))
    wanted = {one.identity for one in pool}
    persons = {one.user.person_id for one in pool if one.user}
    names = {one.name for one in pool if not one.user}
    members = TeamMember.objects.filter(
        Q(user__person__in=persons) | Q(user=None, name__in=names), round__in=under_way.values("pk")
    )
    found: dict[Any, list[str]] = {}
    for member in members.select_related("round", "user"):
        name = "本轮次" if member.round_id == row.pk else f"“{member.round.name}”"
        if member.identity in wanted:
            found.setdefault(member.identity, []).append(f"已编入{name}")
    return found
