"""Which rows a person may see — written once, used by pages, API, choices, counts, search and attachments.

A row is reached through a *post* (任职): role, unit and a root region held for a term. A dossier's queryset says in
`reasons(post)` by which rules that post sees which of its rows, each rule with its words; what the post reaches is
their union, so that scope and its explanation cannot differ. Rows below a dossier are seen exactly when it is. Recusal (回避) removes rows whatever the post. What nobody reaches is invisible: the default is nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self, cast

from django import forms
from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable

    from povertyaudit.core.models import Post, User


def region_under(path: str, code: str) -> Q:
    """Rows whose region lies in the region `code`: an indexed range over its significant digits."""
    low, high = prefix_range(code)
    return Q(**{f"{path}__gte": low, f"{path}__lt": high})


def prefix_of(code: str) -> str:
    """The significant digits of a 12-digit code: 2, 4, 6, 9 or 12 of them."""
    for size in (2, 4, 6, 9):
        if not code[size:].strip("0"):
            return code[:size]
    return code


def prefix_range(code: str) -> tuple[str, str]:
    """`(low, high)` so that low <= descendant code < high. Codes are digits; ':' sorts right after '9'."""
    prefix = prefix_of(code)
    return prefix, prefix + ":"


def lies_under(code: str | None, root: str) -> bool:
    """Whether the region `code` is `root` or lies in it."""
    low, high = prefix_range(root)
    return code is not None and low <= code < high


def narrowed(posts: "list[Post]", root: str) -> "list[Post]":
    """The posts as far as they reach into the region `root`."""
    found = []
    for post in posts:
        if lies_under(root, post.region_id):
            post.region_id = root
        if lies_under(post.region_id, root):
            found.append(post)
    return found


@dataclass(frozen=True)
class Reason:
    """One rule by which a post sees rows: which ones, and why in words that follow "您任…，"."""

    words: str
    rows: Q


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that only those see who need to."""

    def visible_to(self, user: Any) -> Self:
        """The rows `user` may know of. Ends in `none()` for everybody no rule names."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        if path := getattr(self.model, "dossier_path", ""):
            root = root_model(self.model)
            return self.filter(**{f"{path}__in": root._default_manager.visible_to(user)})
        # One sub-query over the dossiers for all his posts: two beside each other the database can join neither.
        rows = end_of(self.model, self.through)._default_manager.all() if self.through else self
        reached = [q for post in user.current_posts() if (q := rows.reach(post)) is not None]
        if not reached:
            return self.none()
        wanted = reduce(or_, reached)
        if self.through:
            wanted = Q(**{f"{self.through}__in": rows.filter(wanted).values("pk")})
        return self._without_recused(user).filter(wanted)

    one_row = (
        False  # set on a query for one row by its key (`sight`): a sub-query is then cheap wherever it stands
    )

    through = ""  # path to the dossier of which the same post sees these rows: `reasons` then only words it

    def reasons(self, post: "Post") -> list[Reason]:
        """The rules by which this post sees rows; none: nothing. They must not multiply rows (use sub-queries)."""
        return []

    def reach(self, post: "Post") -> Q | None:
        """The rows this post may see: those of any reason; None for none."""
        if self.through:  # one sub-query: of two beside each other the database can join neither
            rows = end_of(self.model, self.through)._default_manager.all()
            wanted = rows.reach(post)
            return None if wanted is None else Q(**{f"{self.through}__in": rows.filter(wanted).values("pk")})
        found = [reason.rows for reason in self.reasons(post)]
        return reduce(or_, found) if found else None

    def whole_to(self, user: Any) -> Self:
        """Rows of which the user may read everything, the files too: all he sees, unless a kind shows some by parts."""
        return self.visible_to(user)

    def scope_keys_of(self, rows: "Iterable[Any]") -> dict[int, dict[str, Any]]:
        """Key → `scope_keys` of each of many rows; a model that asks the database for them asks it once."""
        return {row.pk: row.scope_keys() for row in rows}

    def _without_recused(self, user: "User") -> Self:
        """Rows the user is recused from are not there; nor those of a matter he is recused from (`recused_with`)."""
        if not hasattr(self.model, "dossier_path") or not user.may_be_recused():
            return self
        rows = self
        for label, path in recusals_of(self.model):
            recused = apps.get_model("core", "Recusal").objects.filter(
                person_id=user.person_id, target_label=label, target_id=models.OuterRef(path), ended_at=None
            )
            rows = rows.filter(
                ~models.Exists(recused)
            )  # NOT IN would make every estimate of the planner half as large
        return rows


def recusals_of(model: type[models.Model]) -> list[tuple[str, str]]:
    """`(label, path to its key)` of the dossiers from which one is recused: the row itself, and those it belongs to."""
    beside = getattr(model, "recused_with", ())
    return [
        (model._meta.label_lower, "pk"),
        *((end_of(model, name)._meta.label_lower, f"{name}_id") for name in beside),
    ]


def end_of(model: type[models.Model], path: str) -> type[Any]:
    """The model to which a path of foreign keys leads."""
    for name in path.split("__"):
        if name:
            model = cast(type[models.Model], model._meta.get_field(name).related_model)
    return model


def follow(row: Any, path: str) -> Any:
    """What stands at the end of a path of names, e.g. `finding__object_id`; None where a key on the way is empty."""
    for name in path.split("__"):
        row = None if row is None else getattr(row, name)
    return row


def root_model(model: type[models.Model]) -> type[Any]:
    """The dossier a child row belongs to, by following its `dossier_path`."""
    return end_of(model, getattr(model, "dossier_path", ""))


def dossier_models() -> list[type[Any]]:
    """Every root of a record chain that is scoped like business rows."""
    return [model for model in apps.get_models() if getattr(model, "is_dossier", False)]


def reachable(
    user: Any, *, label_field: str = "target_label", id_field: str = "target_id", whole: bool = False,
    labels: Collection[str] | None = None,
) -> Q:  # fmt: skip
    """For rows with a generic target (attachments, clocks, entries): those whose dossier `user` may see, or read whole;
    where it is known of which kinds they are, those `labels` alone are asked for."""
    wanted = Q(pk__in=())
    for model in dossier_models():
        if labels is not None and model._meta.label_lower not in labels:
            continue
        rows = model._default_manager
        seen = (rows.whole_to(user) if whole else rows.visible_to(user)).values("pk")
        wanted |= Q(**{label_field: model._meta.label_lower, f"{id_field}__in": seen})
    return wanted


class ScopedMixin:
    """First base of every page and every API view that shows rows."""

    request: Any

    @property
    def user(self) -> "User":
        return cast("User", self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().visible_to(self.user)  # type: ignore[misc]


def scope_choices(form: forms.BaseForm, user: Any) -> None:
    """Narrow every model choice of `form` to rows `user` may know of; a foreign id is then simply no valid choice."""
    for field in form.fields.values():
        queryset = getattr(field, "queryset", None)
        if isinstance(queryset, ScopedQuerySet):
            field.queryset = queryset.visible_to(user)  # type: ignore[attr-defined]
