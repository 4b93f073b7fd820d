"""工作批注 on any dossier: write, mention, withdraw.

The text is personal: it enters the dossier's chain as a salted digest and stands beside it once, shown to those who see
the dossier (or, of them, to one unit). The dossier itself does not change by it.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from povertyaudit.core import cleaning, moment, notify, rows, sight
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import (
    OFFICERS,
    UNNUMBERED,
    AuditEntry,
    Comment,
    Dossier,
    Post,
    Role,
    Unit,
    User,
)
from povertyaudit.core.models.outbox import MENTION
from povertyaudit.core.workflow import Workflow

MOST = 2000
MOST_MENTIONS = 20
SUGGESTED, ASKED = 20, 60  # how many are suggested, and of how many it is asked whether they see the record
LONGEST_NAME, FARTHEST = 50, 160  # of a name, and of a name with its unit
READERS_ONLY = OFFICERS | {Role.SERVICE}
_MARK = re.compile(r"(?<![0-9A-Za-z._-])[@＠](?=\S)")
_WORD = re.compile(r"[\w·]{1,20}")
_UNIT = re.compile(r"\s?[(（]([^()（）]{2,100})[)）]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")

COMMENT = Workflow("comment", "工作批注", (), others={"write": "写工作批注", "withdraw": "撤回工作批注"})


@dataclass
class Mentions:
    """Whom a text names with @: people who see the record, and a sentence for every @ that named none of them."""

    people: list[User] = field(default_factory=list)
    not_told: list[str] = field(default_factory=list)


@transaction.atomic
def write(root: Dossier, *, by: User, text: str, own_unit_only: bool = False) -> tuple[Comment, Mentions]:
    """Add a comment; each person it mentions is told once, with number and link only.

    Raises NotAllowed for who only reads, RuleBroken when the text is empty, too long or holds an ID or phone number.
    """
    ways = sight.why(root, by)
    if not root.takes_comments:
        raise NotAllowed("comment.none", "这类登记不能写批注。")
    if not ways or not may_write(by):
        raise NotAllowed("comment.role", "您的岗位只能查看，不能写批注。")
    said = _checked(text)
    post = ways[0][0]
    unit = post.unit if own_unit_only else None
    found = mentioned(said, root, by=by, unit=unit)
    comment = Comment(
        target_label=root._meta.label_lower,
        target_id=root.pk,
        author=by,
        author_post=str(post)[:120],
        own_unit=unit,
        mentions=[{"id": user.public_id, "name": user.display_name} for user in found.people],
    )
    rows.beside(
        root, comment, verb="comment.write", by=by, personal={f"{Comment.KEY}{comment.public_id}": said}
    )
    notify.tell(
        found.people,
        f"comment:{comment.public_id}",
        kind=MENTION,
        number=root.number or "",
        text=f"{root.number or UNNUMBERED} 的工作批注提到了您，请查看。",
        url=f"{root.get_absolute_url()}#comments",  # type: ignore[attr-defined]
        target=root,
    )
    return comment, found


@transaction.atomic
def withdraw(comment: Comment, *, by: User, expected_version: int | None = None) -> Comment:
    """Take one's own comment back: it stays as withdrawn, its text is no longer shown.

    Raises NotAllowed for anybody else's, WrongState when it is withdrawn already.
    """
    row = rows.lock(comment, expected_version)
    check_withdraw(row, by)
    row.withdrawn_at = moment.now()
    rows.beside(row.dossier, row, verb="comment.withdraw", by=by)
    return row


def check_withdraw(comment: Comment, by: User) -> None:
    if comment.author_id != by.pk:
        raise NotAllowed("comment.author", "只能撤回自己写的批注。")
    if comment.withdrawn_at:
        raise WrongState("comment.withdrawn", "这条批注已经撤回。")


def may_write(by: User) -> bool:
    """Programs and the three officers only read."""
    return not by.roles <= READERS_ONLY


def thread(root: Dossier, user: User) -> list[Comment]:
    """The comments on a record `user` found through scope, oldest first, as far as they are open to him."""
    return list(Comment.objects.of(root).open_to(user).for_thread())


def mentioned(text: str, root: Dossier, *, by: User, unit: Unit | None = None) -> Mentions:
    """Who is meant by each @ of `text`: the longest name of somebody `by` may know of and who sees this record
    (and, for a comment kept to a unit, serves there). Of several with one name the unit decides: @姓名（单位）.

    Raises RuleBroken for more than 20 of them.
    """
    spots = [text[mark.end() : mark.end() + FARTHEST] for mark in _MARK.finditer(text)]
    found = Mentions()
    if len(spots) > MOST_MENTIONS:
        raise RuleBroken(
            "comment.mentions", f"一条批注最多提到 {MOST_MENTIONS} 人，请减少后再写。", field="text"
        )
    if spots:
        names = {rest[:size] for rest in spots for size in range(1, LONGEST_NAME + 1)}
        seeing = _seers(root, _known(by, unit).filter(person__name__in=names))
        for rest in spots:
            _take(rest, seeing, found)
    found.people = [user for user in found.people if user.pk != by.pk]
    return found


def suggested(root: Dossier, words: str, *, by: User) -> list[User]:
    """At most 20 people to mention: whose name holds `words`; without words those who had a hand in the record."""
    known = _known(by).exclude(pk=by.pk)
    if words:
        return _seers(root, known.filter(person__name__icontains=words))[:SUGGESTED]
    return _seers(root, known.filter(pk__in=AuditEntry.objects.of(root).values("actor")))[:SUGGESTED]


def _known(by: User, unit: Unit | None = None) -> QuerySet[User]:
    """People `by` may know of, with the posts they hold today."""
    held = Post.objects.current().select_related("unit")
    known: QuerySet[User] = User.objects.visible_to(by).filter(is_service=False)
    if unit is not None:
        known = known.filter(pk__in=held.filter(unit=unit).values("user"))
    return (
        known.select_related("person")
        .prefetch_related(Prefetch("posts", held))
        .order_by("person__name", "pk")
    )


def _seers(root: Dossier, known: QuerySet[User]) -> list[User]:
    return sight.seers(root, list(known[:ASKED]))


def _take(rest: str, seeing: list[User], found: Mentions) -> None:
    """Add to `found` whom the text after an @ names."""
    fitting = [user for user in seeing if rest.startswith(user.display_name)]
    size = max((len(user.display_name) for user in fitting), default=0)
    meant = {user.person_id: user for user in reversed(fitting) if len(user.display_name) == size}
    if len(meant) > 1 and (named := _UNIT.match(rest[size:])):
        meant = {
            key: user
            for key, user in meant.items()
            if named[1] in {post.unit.name for post in user.posts.all()}
        }
    if len(meant) == 1:
        found.people += [user for user in meant.values() if user not in found.people]
    elif meant:
        name = rest[:size]
        found.not_told.append(f"有几位“{name}”能看到这条记录，没有通知；请写成“@{name}（单位）”。")
    elif word := _WORD.match(rest):
        found.not_told.append(f"“@{word[0]}”不在能看到这条批注的人员中，没有通知。")


def _checked(text: str) -> str:
    try:
        said = cleaning.clean_text(text, max_length=MOST)
    except ValidationError as wrong:
        raise RuleBroken("comment.text", wrong.messages[0], field="text") from wrong
    half = cleaning.to_halfwidth(said)
    if notify.IDENTITY.search(half) or notify.IDENTITY.search(_BETWEEN_DIGITS.sub("", half)):
        raise RuleBroken("comment.identity", "批注里不能写身份证号或手机号，请删去后再提交。", field="text")
    return said
