"""工作移交: somebody leaves, and everything that stands in his name goes to a colleague in one act.

The kernel knows nothing of leads and items: each app says in `settings.HANDING_OVER` what a post holds (`Work`) and how
one dossier of it is passed on. What stands in the name of a unit needs no passing on. History never changes: who
registered, signed, ordered stays. The officer who does it sees numbers of things, never the things; work on a plan
that is still secret goes along without being counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from povertyaudit.core import administering, granting, moment, notify, sessions
from povertyaudit.core.account_flow import ACCOUNT
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import OFFICERS, Clock, Post, Recusal, Role, User

LEADING = frozenset({Role.DEPUTY, Role.SECRETARY, Role.COUNTY_LEADER})
# A successor is always named here, whether or not there is work to see: asking only when there is would tell of a plan.
ALWAYS = frozenset({Role.PATROL_OFFICE, Role.PATROL_TEAM})


@dataclass(frozen=True)
class Work:
    """One kind of open dossiers in somebody's name.

    rows    the dossiers, whoever may see them
    move    (dossier, successor, by): pass one on, as one recorded act
    stuck   (dossier, by): tell those who must name somebody else, because the successor is recused from it
    counted false for plans that are still secret
    """

    label: str
    rows: Any
    move: Callable[[Any, User, User], Any]
    stuck: Callable[[Any, User], Any]
    counted: bool = True

    def kept_from(self, successor: User | None) -> Any:
        """The dossiers the successor must not touch."""
        if successor is None:
            return self.rows.none()
        label = self.rows.model._meta.label_lower
        recused = Recusal.objects.filter(person_id=successor.person_id, target_label=label, ended_at=None)
        return self.rows.filter(pk__in=recused.values("target_id"))


@dataclass
class Pile:
    """What a post holds, in numbers: open dossiers by kind, and who could take them over."""

    post: Post
    counts: dict[str, int] = field(default_factory=dict)
    candidates: list[User] = field(default_factory=list)
    recused: dict[int, int] = field(default_factory=dict)  # candidate → dossiers he must not touch

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def needs_successor(self) -> bool:
        return self.post.role not in OFFICERS and bool(
            self.total or self.candidates or self.post.role in ALWAYS
        )


def open_work(post: Post) -> list[Work]:
    """What stands in the name of the holder of this post, app by app."""
    return [work for path in settings.HANDING_OVER for work in import_string(path)(post)]


def preview(account: User) -> list[Pile]:
    """What would go over, post by post: numbers of things, nothing of what they are."""
    piles = []
    for post in account.open_posts():
        works = [work for work in open_work(post) if work.counted]
        counts = {work.label: work.rows.count() for work in works}
        pile = Pile(post, {label: n for label, n in counts.items() if n}, list(candidates(post)))
        pile.recused = {
            user.pk: sum(work.kept_from(user).count() for work in works) for user in pile.candidates
        }
        piles.append(pile)
    return piles


def candidates(post: Post) -> Any:
    """Those who hold the same role in the same unit today and are somebody else."""
    same = (
        Post.objects.current()
        .filter(role=post.role, unit=post.unit_id)
        .exclude(user__person_id=post.user.person_id)
    )
    users = User.objects.filter(pk__in=same.values("user_id"), is_active=True, is_service=False)
    return users.select_related("person").order_by("pk")


@transaction.atomic
def hand_over(
    account: User,
    *,
    by: User,
    successor: User | None = None,
    successors: Iterable[Mapping[str, Any]] = (),
    until: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> User:
    """移交工作: pass on everything in the person's name, end his posts (at once, or with the day `until`), sign him out.

    `successors` names {"post", "successor"} one by one, `successor` serves for the rest. Raises Several with what is
    missing; nothing is then moved.
    """
    row: User = ACCOUNT.begin(account, "hand_over", by=by, note=note, expected_version=expected_version)
    if until is not None and until < moment.today():
        raise RuleBroken("hand_over.until", "离任日期不能早于今天；今天离任的可以不填。", field="until")
    named = {one["post"].pk: one["successor"] for one in successors}
    pairs = [(pile.post, named.get(pile.post.pk, successor), pile) for pile in preview(row)]
    _check(pairs)
    moved: dict[User, dict[str, int]] = {}
    kept: dict[str, int] = {}
    for post, heir, _ in pairs:
        if heir is not None and post.role not in OFFICERS:
            _pass_on(post, heir, by, moved.setdefault(heir, {}), kept)
        granting.close(Post.objects.select_for_update(of=("self",)).get(pk=post.pk), until)
    at_once = until is None or until <= moment.today()
    facts = {
        "moved": {heir.username: counts for heir, counts in moved.items()},
        "kept": kept,
        "posts": [granting.in_words(post) for post, _, _ in pairs],
        "ended": sessions.close_all(row) if at_once else 0,
    }
    done = administering.write(row, "hand_over", by=by, note=note, facts=facts)
    for heir, counts in moved.items():
        _tell(done, heir, counts)
    done.handed, done.kept = moved, kept  # type: ignore[attr-defined]
    return done


def _check(pairs: list[tuple[Post, User | None, Pile]]) -> None:
    problems: list[DomainError] = []
    for post, heir, pile in pairs:
        place = f"post_{post.public_id}"
        if heir is None and pile.needs_successor:
            what = f"还有 {pile.total} 件工作，" if pile.total else ""
            how = (
                "请选择接任人。" if pile.candidates else "没有同单位同岗位的在任人员，请先给接任人授予任职。"
            )
            problems.append(RuleBroken("hand_over.successor", f"“{post}”{what}{how}", field=place))
        elif heir is not None and heir not in pile.candidates and post.role not in OFFICERS:
            text = f"“{post}”的接任人须是同单位同岗位的另一位在任人员，请重新选择。"
            problems.append(RuleBroken("hand_over.other_post", text, field=place))
    raise_all(problems)


def _pass_on(post: Post, heir: User, by: User, moved: dict[str, int], kept: dict[str, int]) -> None:
    """Every dossier in its own act; the reminders follow in one statement."""
    for work in open_work(post):
        stays = set(work.kept_from(heir).values_list("pk", flat=True))
        for dossier in work.rows.order_by("pk"):
            if dossier.pk in stays:
                work.stuck(dossier, by)
            else:
                work.move(dossier, heir, by)
            if work.counted:
                count = kept if dossier.pk in stays else moved
                count[work.label] = count.get(work.label, 0) + 1
    _readdress(post, heir)


def _readdress(post: Post, heir: User) -> None:
    """Clocks that remind the leaver of what his post is about remind the successor, unless he is recused from it."""
    recused = Recusal.objects.filter(person_id=heir.person_id, ended_at=None)
    clocks = Clock.objects.open()
    for label in set(recused.values_list("target_label", flat=True)):
        theirs = recused.filter(target_label=label).values("target_id")
        clocks = clocks.exclude(Q(target_label=label, target_id__in=theirs))
    for name in ("owner_user", "head_user"):
        clocks.filter(**{name: post.user_id}, owner_unit=post.unit_id).update(**{name: heir})
    if post.role in LEADING:
        clocks.filter(leader_user=post.user_id).update(leader_user=heir)


def _tell(account: User, heir: User, counts: Mapping[str, int]) -> None:
    """One message: how many of what. Plans that are still secret are found under 我的工作."""
    entry = account._last_entry  # type: ignore[attr-defined]
    what = "、".join(f"{label} {n} 件" for label, n in counts.items())
    text = f"同岗位人员离任，其未办结的工作已移交给您{f'：{what}' if what else ''}。请在“我的工作”中查看。"
    notify.tell([heir], f"{entry.verb}:{entry.public_id}", kind="account", text=text, url="/")
