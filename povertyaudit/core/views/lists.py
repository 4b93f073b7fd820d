"""ListPage: one list with filters, tabs, ordering, keyset paging. See PLAN of the class below.

    class LeadList(ListPage):
        queryset = Lead.objects.for_list()            # scope is applied for you; select_related what columns show
        section, title = "leads", "问题线索"
        filterset_class = LeadFilter                  # the same FilterSet as the API; may define `q`
        main_filters = ("q", "state", "region")       # visible; the others stand under 更多
        columns = (Column("number", "线索编号", kind="link", order="number"), ...)
        order = "-received_on"                        # default; any column with `order=` may be asked for
        tabs = (Tab("", "全部"), Tab("mine", "待我办理", lambda rows, user: rows.waiting_for(user)))
        create_url, create_label = "/leads/new/", "登记线索"
        empty = "没有符合条件的线索。"
        def may_create(self): return bool(self.user.roles & {Role.PETITION, Role.CASE_MANAGER})

Complete without JavaScript; with it the table refreshes under its filters and the address follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.list import MultipleObjectMixin

from povertyaudit.core import keyset
from povertyaudit.core.scope import scope_choices
from povertyaudit.core.views.addresses import PAGING, changed
from povertyaudit.core.views.base import Page
from povertyaudit.core.views.bulk import Ticked
from povertyaudit.core.views.conditions import UNAVAILABLE, words_of
from povertyaudit.core.views.exporting import Exported
from povertyaudit.core.views.parts import Column, Tab, lines, placed
from povertyaudit.core.views.saved import Viewed

PAGE_SIZE = 50


class ListPage(Exported, Viewed, Ticked, Page, MultipleObjectMixin, TemplateResponseMixin, View):
    is_list = True
    template_name = "core/list.html"
    fragment_name = "core/_list.html"
    later: Mapping[str, str] = {"count": "components/count.html"}  # told after the page, which does not wait
    filterset_class: Any = None
    main_filters: Sequence[str] = ("q",)
    columns: Sequence[Column] = ()
    order = "-pk"
    tabs: Sequence[Tab] = ()
    page_size = PAGE_SIZE
    create_url = ""
    create_label = "新建"
    import_kind = ""  # the kind of spreadsheet that may be brought in from here (povertyaudit.sheets.kinds)
    exports: Sequence[tuple[str, str]] = ()  # (label, url): ledgers with the same filters
    empty = "没有符合条件的记录。"
    empty_hint = ""  # what to do, or when something comes; without one conditions are to be loosened
    unit_word = "条"

    object_list: Any = None

    def may_create(self) -> bool:
        """May this user open the page behind `create_url`?"""
        return True

    sends_working = False  # its rows may go out in a locked sheet and come back

    def may_import(self) -> bool:
        """May this user bring in a spreadsheet of `import_kind`? Whoever may create one row may bring many."""
        return bool(self.create_url) and self.may_create()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = self.params.get("format", "")
        if kind in ("csv", "xlsx"):
            rows, filters = self.narrowed()
            return self.export(rows, filters, self.current_ordering(), kind)
        if (part := self.asked.get("part", "")) in self.later and self.wants_part():
            return TemplateResponse(request, self.later[part], self.told_later(part))
        context = self.get_context_data()
        response = self.render_to_response(context)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def wants_part(self) -> bool:
        """htmx fetches what the page left out; by hand the address gives the page, with that part in it."""
        return bool(self.request.headers.get("HX-Request") == "true")

    def told_later(self, name: str) -> dict[str, Any]:
        """Context of what is told after the page: the number of rows, where counting them all would hold it up."""
        return {"count": keyset.count(self.narrowed()[0]), "view": self}

    def get_template_names(self) -> list[str]:
        return [self.fragment_name if self.wants_fragment() else self.template_name]

    def wants_fragment(self) -> bool:
        """htmx asks for the table alone, except when it restores a page from history."""
        headers = self.request.headers
        return headers.get("HX-Target") == "list" and "HX-History-Restore-Request" not in headers

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, filters = self.narrowed()
        ordering = self.current_ordering()
        page, count = self.take(rows, ordering)
        columns = placed(self.current_columns)
        return {
            **self.base_context(),
            **self.ticking(lines(columns, page.rows)),
            "heads": [self.head(column, ordering) for column in columns],
            "count": count,
            "count_url": self.url_with(part="count"),
            "shows_clocks": any(column.kind == "clock" for column in columns),
            "next_url": self.url_with(cursor=page.next) if page.next else "",
            "previous_url": self.url_with(cursor=page.previous) if page.previous else "",
            "tabs": self.all_tabs(),
            "second_tabs": self.second_tabs(),
            "filters": filters,
            "chips": self.chips(filters),
            **self.more(filters),
            **self.tools(),
            **self.view_tools(),
            **kwargs,
        }

    def narrowed(self) -> tuple[Any, Any]:
        """The rows asked for — by tab and filters, in scope — and the bound filters."""
        rows = self.get_queryset()
        tab = self.current_tab()
        if tab is not None and tab.narrow is not None:
            rows = tab.narrow(rows, self.user)
        self.bound = filters = self.get_filters(rows)
        if filters is not None:
            rows = filters.qs if filters.is_valid() and not self.unavailable else rows.none()
        return rows, filters

    def tools(self) -> dict[str, Any]:
        """The line above the table: columns, what can be taken away, the address to hand on."""
        return {
            "column_choices": self.choices(),
            "picking": bool(self.asked.get("pick")),
            "columns_url": self.url_with(cursor=""),
            "bare_url": self.tab_url(tab) if (tab := self.current_tab()) else self.plain_url(),
            "csv_url": changed(self.asked, cursor="", format="csv"),
            "working_url": f"/imports/working/{self.import_kind}.xlsx?{self.filters_only()}"
            if self.sends_working and self.may_import()
            else "",
            "xlsx_url": changed(self.asked, cursor="", format="xlsx"),
            "shared_url": self.shared_url(),
            "exports": [
                (label, f"{url}?{self.filters_only()}") for label, url in self.exports if not self.unavailable
            ],
        }

    def base_context(self) -> dict[str, Any]:
        return {
            "page": self,
            "view": self,
            "section": self.section,
            "title": self.get_title(),
            "parent": self.get_parent(),
            "may_create": bool(self.create_url) and self.may_create(),
            "may_import": bool(self.import_kind) and self.may_import(),
        }

    # filters

    def get_filters(self, rows: Any) -> Any:
        """The bound FilterSet, its choices passed through the user's scope; what a view asks in vain is left out."""
        if self.filterset_class is None:
            return None
        filters = self.filters_for(self.params, rows)
        if self.current_view is not None and not filters.is_valid():
            self.unavailable = tuple(name for name in filters.form.errors if name not in self.asked)
            known = self.params.copy()
            for name in self.unavailable:
                known.pop(name, None)
            filters = self.filters_for(known, rows)
        return filters

    def filters_for(self, asked: Any, rows: Any) -> Any:
        filters = self.filterset_class(asked, queryset=rows, request=self.request)
        scope_choices(filters.form, self.user)
        return filters

    def more(self, filters: Any) -> dict[str, bool]:
        """Are there filters under 更多, and is one of them in use?"""
        names = (
            [name for name in filters.form.fields if name not in self.main_filters]
            if filters is not None
            else []
        )
        in_use = any(key == name or key.startswith(f"{name}_") for key in self.params for name in names)
        return {"has_more_filters": bool(names), "more_in_use": in_use}

    def chips(self, filters: Any) -> list[tuple[str, str, str]]:
        """(label, value, address without it) of every active filter."""
        if filters is None or not filters.form.is_bound:
            return []
        form, found = filters.form, []
        for name, field in form.fields.items():
            names = [key for key in self.params if key == name or key.startswith(f"{name}_")]
            raw = [value for key in names for value in self.params.getlist(key)]
            if raw and name not in PAGING:
                bad = name in self.unavailable or name in form.errors
                words = UNAVAILABLE if bad else words_of(field, raw)
                found.append((field.label or name, words, self.url_without(*names)))
        return found

    # ordering, tabs, addresses

    def take(self, rows: Any, ordering: str) -> tuple[keyset.Slice, keyset.Count]:
        """The page asked for and how many rows there are; a cursor that cannot be read gives the first page."""
        try:
            page, count = keyset.take_counted(rows, ordering, self.asked.get("cursor", ""), self.page_size)
        except keyset.BadCursor:
            page, count = keyset.take_counted(rows, ordering, "", self.page_size)
        if self.asked.get("part") == "count" and count.more:
            count = keyset.count(rows)
        return replace(page, rows=self.filled(page.rows)), count

    def current_ordering(self) -> str:
        asked = self.params.get("ordering", "")
        allowed = {column.order for column in self.columns if column.order}
        return asked if asked.removeprefix("-") in allowed else self.order

    def head(self, column: Column, ordering: str) -> tuple[Column, str, str]:
        """(column, address that orders by it, direction it is ordered in now)."""
        if not column.order:
            return column, "", ""
        now = {column.order: "ascending", f"-{column.order}": "descending"}.get(ordering, "")
        flip = f"-{column.order}" if now == "ascending" else column.order
        return column, self.url_with(ordering=flip, cursor=""), now
