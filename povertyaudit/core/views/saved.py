"""Views of a list kept under a name, as tabs after the built-in ones; and the pages that keep, change and delete them."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from povertyaudit.core import saved_views
from povertyaudit.core.forms.saved_views import DeleteForm, ViewForm
from povertyaudit.core.models import SavedView
from povertyaudit.core.views.acts import CreatePage, EditPage, OnRecord
from povertyaudit.core.views.addresses import Addressed, without_empty
from povertyaudit.core.views.conditions import told

NONE_OF_THEM = "all"  # `?view=all`: the plain list, also for who has a default view
HERE = "_list"  # no filter begins with an underscore


class Viewed(Addressed):
    """Part of ListPage."""

    user: Any
    unavailable: tuple[str, ...] = ()  # names of conditions of a shared view that this user may not know of

    @cached_property
    def saved(self) -> list[SavedView]:
        return saved_views.of_list(self.user, self.list_key)

    @cached_property
    def default_view(self) -> SavedView | None:
        return next((view for view in self.saved if view.is_default and view.owner_id == self.user.pk), None)

    @cached_property
    def asked(self) -> saved_views.Asked:
        """The bare address of the list opens one's default view."""
        asked = without_empty(self.request.GET)
        if not self.request.GET and self.default_view is not None:
            asked["view"] = self.default_view.public_id
        return asked

    @cached_property
    def current_view(self) -> SavedView | None:
        wanted = self.asked.get("view", "")
        return next((view for view in self.saved if view.public_id == wanted), None)

    @cached_property
    def params(self) -> saved_views.Asked:
        """The conditions of the view; what the address says itself goes before them."""
        if self.current_view is None:
            return self.asked
        return saved_views.merged(self.current_view, self.asked)

    def plain_url(self) -> str:
        return f"?view={NONE_OF_THEM}" if self.default_view else "?"

    def url_without(self, *names: str) -> str:
        rest = super().url_without(*names, *self.unavailable, "view")
        return self.plain_url() if rest == "?" else rest

    def shared_url(self) -> str:
        if self.unavailable and self.current_view is not None:
            return self.current_view.get_absolute_url()
        return super().shared_url()

    def all_tabs(self) -> list[tuple[str, str, bool, str]]:
        """(label, address, whether it is the present one, whose it is) of the built-in tabs and the saved views."""
        view = self.current_view
        found = self.offered_tabs("")
        if self.saved and not found:
            found = [("全部", self.plain_url(), view is None, "")]
        for one in self.saved:
            whose = "" if one.owner_id == self.user.pk else f"{one.owner.display_name}共享"
            found.append((one.name, f"?view={one.public_id}", one is view, whose))
        return found

    def offered_tabs(self, line: str) -> list[tuple[str, str, bool, str]]:
        """The built-in tabs of one line that this user is offered."""
        here, roles = self.current_tab(), self.user.roles
        tabs = [tab for tab in self.tabs if tab.line == line]
        offered = [tab for tab in tabs if not tab.roles or tab.roles & roles or tab is here]
        return [
            (tab.label, self.tab_url(tab), tab is here and self.current_view is None, "") for tab in offered
        ]

    def second_tabs(self) -> list[tuple[str, list[tuple[str, str, bool, str]]]]:
        """Further lines of tabs, each with its heading."""
        lines = dict.fromkeys(tab.line for tab in self.tabs if tab.line)
        return [(line, found) for line in lines if (found := self.offered_tabs(line))]

    def view_tools(self) -> dict[str, Any]:
        """Links to keep the present conditions or to change the present view, and a word when a view is gone."""
        view, wanted = self.current_view, self.asked.get("view", "")
        mine = view is not None and view.owner_id == self.user.pk
        conditions = "" if mine or self.unavailable else self.conditions()
        return {
            "keep_url": f"/saved-views/new/?{HERE}={self.list_key}&{conditions}" if conditions else "",
            "amend_url": f"/saved-views/{view.public_id}/amend/" if view is not None and mine else "",
            "view_gone": bool(wanted) and view is None and wanted != NONE_OF_THEM,
            "kept": [
                (name, self.params[name]) for name in ("tab", "ordering", "columns") if name in self.params
            ]
            + ([("view", NONE_OF_THEM)] if self.default_view else []),
        }


class NewView(CreatePage):
    """存为视图: the conditions stand in the address, the name is asked for."""

    title, label = "存为视图", "保存视图"
    form_class, perform = ViewForm, staticmethod(saved_views.create)
    intro = "保存的是条件，不是记录：无论谁打开，都只看到自己有权看的记录。"

    def here(self) -> tuple[str, str]:
        """The list and its conditions."""
        said = self.request.GET.copy()
        key = said.pop(HERE, [""])[-1]
        return (key if saved_views.declared(key) else ""), said.urlencode()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.key, self.query = self.here()
        return super().dispatch(request, *args, **kwargs)

    def get_parent(self) -> tuple[str, str] | None:
        page = saved_views.declared(self.key) if self.key else None
        return (page.title, self.cancel_address()) if page else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = saved_views.declared(self.key) if self.key else None
        shown = [told(page, self.query, self.user)] if page else []
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "section": page.section if page else "",
        }

    def call(self, **values: Any) -> Any:
        return self.perform(by=self.user, list_key=self.key, query=self.query, **values)

    def cancel_address(self) -> str:
        return f"/{self.key}/?{self.query}" if self.key else "/"

    def done_sentence(self, record: Any) -> str:
        return f"视图“{record.name}”已保存。"


class AmendView(EditPage):
    """改视图: its name, whether the unit shares it, whether it opens first."""

    queryset = SavedView.objects.select_related("unit")
    template_name = "core/saved_view.html"
    title, label = "改视图", "保存修改"
    form_class, perform = ViewForm, staticmethod(saved_views.amend)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"shared": self.object.unit_id is not None}


class DeleteView(OnRecord):
    """删除视图."""

    queryset = SavedView.objects.all()
    title, label, done = "删除视图", "删除视图", "视图已删除，记录没有变化。"
    form_class, perform = DeleteForm, staticmethod(saved_views.delete)
    destructive = True

    def success_address(self, record: Any) -> str:
        return f"/{self.object.list_key}/"
