"""Who is told of a step, who signs its letter, who decides: read once for a batch of items."""

from collections.abc import Iterable, Sequence
from typing import Any

from povertyaudit.core.models import Post, Recusal, Role, Unit, User
from povertyaudit.core.models.ladder import Told
from povertyaudit.core.scope import follow, prefix_of, recusals_of
from rectification.escalation_querysets import LEADERS, OFFICES
from rectification.models import Item
from rectification.models.escalation import Holder
from rectification.services.telling import holders

Named = tuple[User, str]  # a person, and as what he is told
SENDER, DECIDER = "sender", "decider"
AS = dict(Told.choices) | {SENDER: "督办部门（签发）", DECIDER: "纪委领导（决定）"}


class Circle:
    """People around these items. A person recused from an item is nobody to it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._held: dict[tuple[int, frozenset[str]], list[User]] = {}
        self._over: dict[frozenset[str], list[tuple[str, User]]] = {}
        self._recused = _recused(items)

    def told(self, item: Item, holder: str, codes: Iterable[str]) -> list[Named]:
        """Those the step tells, each once, in the order of the rule."""
        return self._each(item, [(user, code) for code in codes for user in self._of(item, holder, code)])

    def senders(self, item: Item) -> list[Named]:
        """Who may sign and send a letter: the officers of the body that watches over the item."""
        wanted = {Role.PATROL_OFFICE} if item.of_round else OFFICES - {Role.PATROL_OFFICE}
        near = self._holding(item.body_unit, *wanted)
        return self._each(item, [(user, SENDER) for user in near or self._above(item, *wanted)])

    def deciders(self, item: Item) -> list[Named]:
        """The leaders of the discipline body in whose region the item lies."""
        return self._each(item, [(user, DECIDER) for user in self._above(item, *LEADERS)])

    def _of(self, item: Item, holder: str, code: str) -> list[User]:
        unit = addressee(item, holder)
        if code == Told.PERSON:
            return self._holding(unit, Role.SECTOR if holder == Holder.LEAD else Role.LIAISON)
        if code == Told.UNIT_HEAD:
            return self._holding(unit, Role.UNIT_HEAD)
        if code == Told.LEAD_UNIT:
            return self._holding(item.lead_unit, Role.SECTOR)
        if code == Told.LEADER:
            return [item.leading_leader] if item.leading_leader else []
        if code == Told.BODY:
            return [user for user, _ in self.senders(item)]
        return self._above(item, Role.SECRETARY)

    def _holding(self, unit: Unit | None, *roles: str) -> list[User]:
        if unit is None:
            return []
        key = unit.pk, frozenset(roles)
        if key not in self._held:
            self._held[key] = holders(unit, *roles)
        return self._held[key]

    def _above(self, item: Item, *roles: str) -> list[User]:
        """Those who hold one of the roles in a region the item lies in."""
        key = frozenset(roles)
        if key not in self._over:
            posts = Post.objects.current().filter(
                role__in=roles, user__is_active=True, user__is_service=False
            )
            found = posts.select_related("user__person").order_by("user_id")
            self._over[key] = [(prefix_of(post.region_id), post.user) for post in found]
        return [user for prefix, user in self._over[key] if item.region_id.startswith(prefix)]

    def _each(self, item: Item, named: list[Named]) -> list[Named]:
        out = self._recused.get(item.pk, set())
        found: dict[int, Named] = {}
        for user, code in named:
            if user.person_id not in out:
                found.setdefault(user.pk, (user, code))
        return list(found.values())


def addressee(item: Item, holder: str) -> Any:
    """The unit that has the item in hand; None when that is the body itself."""
    return {Holder.MAIN: item.main_unit, Holder.LEAD: item.lead_unit}.get(Holder(holder))


def _recused(items: Sequence[Item]) -> dict[int, set[int]]:
    """item → persons recused from it, or from what it was born of."""
    found: dict[int, set[int]] = {}
    for label, path in recusals_of(Item):
        keys = {item.pk: follow(item, path) for item in items}
        rows = Recusal.objects.filter(
            target_label=label, target_id__in=set(keys.values()) - {None}, ended_at=None
        )
        persons: dict[int, set[int]] = {}
        for target, person in rows.values_list("target_id", "person_id"):
            persons.setdefault(target, set()).add(person)
        for item, key in keys.items():
            found.setdefault(item, set()).update(persons.get(key, set()) if key else set())
    return found
