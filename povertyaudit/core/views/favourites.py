"""我的关注: the records a person follows, of every kind, as far as he sees them today."""

from typing import Any

from povertyaudit.core import favourites, render
from povertyaudit.core.models import UNNUMBERED, Favourite
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column


class FavouriteList(ListPage):
    queryset = Favourite.objects.all()
    section, title = "favourites", "我的关注"
    order = "-created_at"
    columns = (
        Column("number", "编号", kind="link", value=lambda one: one.row.number or UNNUMBERED),
        Column("title", "事项", phone="main", value=lambda one: one.row.title),
        Column("kind", "类别", value=lambda one: one.row._meta.verbose_name),
        Column("created_at", "关注时间", kind="date", order="created_at", phone="hide"),
        Column("clock", "期限", kind="clock"),
        Column("state", "状态", kind="state", value=lambda one: render.state(one.row)),
    )
    empty = "还没有关注的记录。"
    empty_hint = "在记录页点“关注”，就能在这里和“我的工作”里找到它；关注只有您自己知道。"

    def filled(self, rows: list[Any]) -> list[Any]:
        return favourites.with_rows(rows, self.user)
