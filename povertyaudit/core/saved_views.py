"""常用视图: conditions of a list under a name, for oneself or one's unit.

A view holds conditions only. Rows always pass the scope of who looks, and a condition that he may not know of (a
region or unit outside his scope) is not shown to him by name. A matter of convenience: it leaves no line in the record.
"""

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.db import transaction
from django.forms import ModelChoiceField
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from povertyaudit.core import cleaning, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, Stale
from povertyaudit.core.filters import names_of
from povertyaudit.core.models import SavedView, User
from povertyaudit.core.models.lists import LONGEST_QUERY, MOST_VIEWS
from povertyaudit.core.scope import scope_choices

NAME_LENGTH = 20
Asked = MultiValueDict[str, str]  # a query string, parsed
BESIDE_FILTERS = ("tab", "ordering", "columns")


@transaction.atomic
def create(
    *, by: User, list_key: str, query: str, name: str, shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep the conditions `query` of the list at `/<list_key>/`. Raises RuleBroken."""
    conditions = checked(list_key, query, by)
    mine = _mine(by, list_key)
    free = sorted(set(range(1, MOST_VIEWS + 1)) - {view.place for view in mine})
    if not free:
        raise RuleBroken("view.most", f"每个列表最多保存 {MOST_VIEWS} 个视图，请先删除不用的。")
    view = SavedView(owner=by, list_key=list_key, query=conditions, place=free[0])
    return _set(view, mine, by, name=name, shared=shared, is_default=is_default)


@transaction.atomic
def amend(
    view: SavedView, *, by: User, name: str | None = None, query: str | None = None, shared: bool | None = None,
    is_default: bool | None = None, expected_version: int | None = None,
) -> SavedView:  # fmt: skip
    """Rename, share or keep to oneself, make it the default, change its conditions. Raises NotAllowed, Stale, RuleBroken."""
    mine = _mine(by, view.list_key)
    row = _own(view, by, expected_version)
    if query is not None:
        row.query = checked(row.list_key, query, by)
    row.version += 1
    return _set(
        row, [one for one in mine if one.pk != row.pk], by,
        name=row.name if name is None else name, shared=bool(row.unit_id) if shared is None else shared,
        is_default=row.is_default if is_default is None else is_default,
    )  # fmt: skip


@transaction.atomic
def delete(view: SavedView, *, by: User, expected_version: int | None = None) -> None:
    """Raises NotAllowed, Stale."""
    _own(view, by, expected_version).delete()


def of_list(user: User, list_key: str) -> list[SavedView]:
    """The user's own views of a list, then those shared with his units."""
    found = SavedView.objects.visible_to(user).of_list(list_key)
    return sorted(found, key=lambda view: view.owner_id != user.pk)


def find(user: User, list_key: str, public_id: str) -> SavedView | None:
    """A view of this list within the user's reach."""
    return next((view for view in of_list(user, list_key) if view.public_id == public_id), None)


def merged(view: SavedView, said: Asked) -> Asked:
    """The conditions of the view; what `said` names goes before them."""
    both = parsed(view.query)
    for name, values in said.lists():
        if name != "view":
            both.setlist(name, values)
    return both


def in_tab(rows: Any, view: SavedView, user: User) -> Any:
    """Rows of the tab the view stands in."""
    page, key = declared(view.list_key), parsed(view.query).get("tab", "")
    tab = next((tab for tab in page.tabs if key and tab.key == key), None) if page is not None else None
    return tab.narrow(rows, user) if tab is not None and tab.narrow is not None else rows


def parsed(query: str) -> Asked:
    """A query string as names with their values."""
    return MultiValueDict(parse_qs(query))


def declared(list_key: str) -> Any:
    """The list page at `/<list_key>/`, which declares filters, tabs and columns; None where there is none."""
    try:
        page = getattr(resolve(f"/{list_key}/").func, "view_class", None)
    except Resolver404:
        return None
    return page if getattr(page, "is_list", False) else None


def checked(list_key: str, query: str, by: User) -> str:
    """`query` in one spelling: only conditions the list knows, rows named by code or id. Raises RuleBroken."""
    page = declared(list_key)
    if page is None:
        raise RuleBroken("view.list", "没有这个列表，请核对名称。", field="list")
    said = parsed(query)
    filters = page.filterset_class(said, queryset=page.queryset.none()) if page.filterset_class else None
    known = names_of(filters)
    pairs = [("tab", _tab(page, said))] if said.get("tab") else []
    for name in sorted(set(said) - set(BESIDE_FILTERS)):
        if name not in known:
            listed = "、".join(sorted(known))
            raise _refused(f"没有“{name[:40]}”这个条件，可用的有：{listed}。")
    pairs += _values(filters, said, by)
    pairs += [
        (name, read(page, said))
        for name, read in (("ordering", _ordering), ("columns", _columns))
        if said.get(name)
    ]
    text = urlencode([pair for pair in pairs if pair[1]])
    if not text:
        raise _refused("请先选定条件、排序或列，再保存为视图。")
    if len(text) > LONGEST_QUERY:
        raise _refused("条件太多，请减少一些再保存。")
    return text


def _values(filters: Any, said: Asked, by: User) -> list[tuple[str, str]]:
    if filters is None:
        return []
    scope_choices(filters.form, by)
    if not filters.is_valid():
        name, problems = next(iter(filters.form.errors.items()))
        raise _refused(f"条件“{filters.form.fields[name].label}”不能保存：{problems[0]}")
    pairs = []
    for name in sorted(set(said) - set(BESIDE_FILTERS)):
        field = filters.form.fields.get(name)
        values = [value for value in said.getlist(name) if value]
        if values and isinstance(field, ModelChoiceField):
            # By code or id, never by name: whoever may not know the row learns nothing from the view.
            chosen = filters.form.cleaned_data[name]
            values = [str(field.prepare_value(chosen))]
        pairs += [(name, value) for value in values]
    return pairs


def _tab(page: Any, said: Asked) -> str:
    key = said.get("tab", "")
    if key not in {tab.key for tab in page.tabs}:
        raise _refused("这个列表没有所选的标签，请重新选择。")
    return key


def _ordering(page: Any, said: Asked) -> str:
    path = said.get("ordering", "")
    if path.removeprefix("-") not in {column.order for column in page.columns if column.order}:
        raise _refused("这个列表不能按所选的列排序，请重新选择。")
    return path


def _columns(page: Any, said: Asked) -> str:
    names = list(dict.fromkeys(said.get("columns", "").split(",")))
    if unknown := set(names) - {column.key for column in page.columns}:
        raise _refused(f"这个列表没有“{min(unknown)[:40]}”这一列，请重新选择。")
    return ",".join(names)


def _refused(sentence: str) -> RuleBroken:
    return RuleBroken("view.query", sentence, field="query")


def _mine(by: User, list_key: str) -> list[SavedView]:
    """The person's views of the list; one of his presses at a time."""
    User.objects.select_for_update().get(pk=by.pk)
    return list(SavedView.objects.owned_by(by).filter(list_key=list_key))


def _own(view: SavedView, by: User, expected_version: int | None) -> SavedView:
    row: SavedView = SavedView.objects.select_for_update().get(pk=view.pk)
    if row.owner_id != by.pk:
        raise NotAllowed(
            "view.owner", "这个视图是别人共享的，只有创建人可以修改或删除；您可以另存为自己的视图。"
        )
    if expected_version is not None and row.version != expected_version:
        current = {"name": row.name, "shared": bool(row.unit_id), "is_default": row.is_default}
        text = "您打开页面后，这个视图已被修改。请核对现在的内容后重新提交。"
        raise Stale(text, current=current, version=row.version)
    return row


def _set(
    view: SavedView, others: list[SavedView], by: User, *, name: str, shared: bool, is_default: bool
) -> SavedView:
    view.name = cleaning.clean_line(name, max_length=NAME_LENGTH, required=True)
    if view.name in {one.name for one in others}:
        text = f"您在这个列表已有名为“{view.name}”的视图，请换一个名称。"
        raise RuleBroken("view.name_taken", text, field="name")
    if shared and view.unit_id is None:
        if by.home is None:
            raise RuleBroken("view.unit", "您现在没有任职单位，不能共享。", field="shared")
        view.unit = by.home.unit
    elif not shared:
        view.unit = None
    if is_default:
        SavedView.objects.owned_by(by).filter(list_key=view.list_key, is_default=True).update(
            is_default=False
        )
    view.is_default, view.updated_at = is_default, moment.now()
    view.save()
    return view
