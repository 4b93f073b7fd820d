"""任职的授予、调整和解除, by 安全保密管理员: what an account may do, where and for how long. Never for his own person."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from povertyaudit.core import administering, moment, notify, sessions
from povertyaudit.core.account_flow import ACCOUNT, RIGHTS
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import OFFICERS, Area, Person, Post, Region, Role, Unit, User
from povertyaudit.core.models.roles import PLACES
from povertyaudit.core.scope import prefix_of

LONGEST = timedelta(days=20 * 366)


@transaction.atomic
def grant(
    account: User,
    *,
    by: User,
    unit: Unit,
    role: str,
    region: Region | None = None,
    area: Area | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> User:
    """授予任职 in `unit` over `region` (the unit's own where none is given). Raises NotAllowed, RuleBroken."""
    row: User = ACCOUNT.begin(account, "grant", by=by, note=note, expected_version=expected_version)
    place = region or unit.region
    post = Post(
        user=row, unit=unit, role=role, region=place, area=area, starts_on=starts_on or moment.today(), ends_on=ends_on,
        granted_by=by,
    )  # fmt: skip
    _check_place(post, by)
    _check_role(post)
    _check_term(post)
    _check_apart(post)
    post.save(force_insert=True)
    done = administering.write(row, "grant", by=by, note=note, facts={"post": in_words(post)})
    _tell(done, f"授予任职：{post}。")
    return done


@transaction.atomic
def change_term(
    account: User,
    *,
    by: User,
    post: Post,
    ends_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> User:
    """调整任期: a later or earlier last day, or none. To end a post today is `end_post`."""
    row: User = ACCOUNT.begin(account, "change_term", by=by, note=note, expected_version=expected_version)
    held = _open_post(row, post)
    before = held.ends_on
    held.ends_on = ends_on
    _check_term(held)
    _check_apart(held)
    held.save(update_fields=["ends_on"])
    facts = {"post": in_words(held), "term": [before, ends_on]}
    done = administering.write(row, "change_term", by=by, note=note, facts=facts)
    _tell(done, f"任期调整：{held}，{f'至 {ends_on}' if ends_on else '不限期'}。")
    return done


@transaction.atomic
def end_post(
    account: User, *, by: User, post: Post, note: str = "", expected_version: int | None = None
) -> User:
    """解除任职 at once: what is open ends with the next click."""
    row: User = ACCOUNT.begin(account, "end_post", by=by, note=note, expected_version=expected_version)
    held = _open_post(row, post)
    close(held)
    facts = {"post": in_words(held), "ended": sessions.close_all(row)}
    return administering.write(row, "end_post", by=by, note=note, facts=facts)


def close(post: Post, until: date | None = None) -> None:
    """End a post: at once, or at the end of the day `until`."""
    today = moment.today()
    last = max(post.starts_on, min(until or today, post.ends_on or date.max))
    post.ends_on = last
    post.ended_at = None if until and until > today else moment.now()
    post.save(update_fields=["ends_on", "ended_at"])


def in_words(post: Post) -> list[str]:
    """A post as the record keeps it: unit, role, region, term."""
    until = post.ends_on.isoformat() if post.ends_on else ""
    return [post.unit.name, str(post.role), post.region_id, post.starts_on.isoformat(), until]


def _open_post(row: User, post: Post) -> Post:
    """The post, locked, if it is one of this account that has not ended."""
    found: Post | None = (
        Post.objects.open().select_for_update(of=("self",)).filter(user=row, pk=post.pk).select_related("unit", "region").first()
    )  # fmt: skip
    if found is None:
        raise RuleBroken("post.gone", "这项任职已经结束，请刷新页面查看。", field="post")
    return found


def _check_place(post: Post, by: User) -> None:
    """Unit and region lie where the officer is in charge, and the post reaches no further than its unit."""
    mine = by.post_as(RIGHTS)
    if mine is None:
        raise NotAllowed("grant.role", "任职由安全保密管理员授予。")
    here, unit = prefix_of(mine.region_id), post.unit
    if not unit.region_id.startswith(here):
        raise RuleBroken("grant.unit", "这个单位不在您管理的地区，请重新选择。", field="unit")
    if unit.ends_on and unit.ends_on < moment.today():
        raise RuleBroken("grant.unit_ended", f"“{unit.name}”已撤销，请选择现在的单位。", field="unit")
    if not post.region_id.startswith(prefix_of(unit.region_id)):
        raise RuleBroken(
            "grant.region", f"管辖地区应在“{unit.name}”所在的{unit.region}以内，请重新选择。", field="region"
        )
    if post.area is not None and post.area.county_id != post.region.county_code():
        raise RuleBroken("grant.area", "片区不在管辖地区的县内，请重新选择。", field="area")


def _check_role(post: Post) -> None:
    """A post stands in the right kind of unit; programs get theirs, people get the others."""
    if (post.role == Role.SERVICE) != post.user.is_service:
        text = "数据接口账户只能任数据接口岗位，个人账号不能任数据接口岗位。"
        raise RuleBroken("grant.service", text, field="role")
    kinds, letters = PLACES[post.role]
    if post.unit.kind not in kinds or not post.unit.office_code.startswith(letters):
        where = "、".join(str(kind.label) for kind in kinds) + (f"（编号代字 {letters}）" if letters else "")
        text = f"“{Role(post.role).label}”岗位应设在{where}，不能设在“{post.unit.name}”。"
        raise RuleBroken("grant.place", text, field="role")


def _check_term(post: Post) -> None:
    today = moment.today()
    if post.ends_on is not None and post.ends_on < max(today, post.starts_on):
        raise RuleBroken(
            "grant.ends_on", "任期截止日不能早于今天和任职日期；要立即结束请用“解除任职”。", field="ends_on"
        )
    if not today - LONGEST <= post.starts_on <= today + LONGEST:
        raise RuleBroken("grant.starts_on", "任职日期不合情理，请核对年份。", field="starts_on")


def _check_apart(post: Post) -> None:
    """三员分设: an officer holds no other kind of post, under whichever of his accounts; a post is granted once."""
    Person.objects.select_for_update().get(pk=post.user.person_id)  # two grants at once see each other
    meanwhile = Q(ends_on=None) | Q(ends_on__gte=post.starts_on)
    held = Post.objects.filter(meanwhile, user__person_id=post.user.person_id, ended_at=None).exclude(
        pk=post.pk
    )
    if post.ends_on:
        held = held.filter(starts_on__lte=post.ends_on)
    others = held.exclude(role=post.role)
    if post.role in OFFICERS and others.exists() or others.filter(role__in=OFFICERS).exists():
        raise RuleBroken(
            "grant.apart",
            "系统管理员、安全保密管理员、安全审计员须由三个人分别担任，且不兼任其他岗位；此人任期内另有任职，请先解除。",
            field="role",
        )
    if held.filter(user=post.user, unit=post.unit, role=post.role, region=post.region).exists():
        raise RuleBroken(
            "grant.twice", "此人已有这项任职，不必重复授予；要延长请用“调整任期”。", field="role"
        )


def _tell(account: User, text: str) -> None:
    entry = account._last_entry  # type: ignore[attr-defined]
    notify.tell([account], f"{entry.verb}:{entry.public_id}", kind="account", text=text, url="/account/")
