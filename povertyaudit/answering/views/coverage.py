"""驻村覆盖: by township the villages without a first secretary, terms that end, days below the rule, letters unsigned."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.answering.pages.coverage import counted, names
from povertyaudit.answering.pages.terms import may_look
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.services.standing import with_team, without_first_secretary
from povertyaudit.answering.views.terms import SECTION, TERMS
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from povertyaudit.core.place_filters import RegionFilterSet
from povertyaudit.core.views import BoardLine, BoardPage, Column, Figure, ListPage, Tab

HEADS = ("应派村", "没有第一书记", "任期即将届满", "已届满没有接任", "连续驻村天数不足", "责任书未签订")


class Coverage(BoardPage):
    section, title, parent = SECTION, "驻村和责任书看板", TERMS
    first_head, empty = "乡镇", "没有您可以查看的驻村工作队和责任书。"
    template_name = "answering/coverage.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not may_look(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def counted(self) -> dict[str, Counter[str]]:
        return counted(self.user)

    @cached_property
    def order(self) -> list[str]:
        """Where most first secretaries lack comes first."""
        return sorted(self.counted, key=lambda town: (-self.counted[town]["without"], town))

    def finding(self) -> str:
        whole = self.whole()
        return (
            f"今天应派驻 {whole['villages']} 个村，{whole['without']} 个没有第一书记；"
            f"{amount('remind_days')} 天内届满 {whole['ending']} 人，已届满没有接任 {whole['expired']} 人；"
            f"连续 {amount('short_months')} 个月驻村天数不足 {whole['short']} 人；"
            f"{moment.today().year} 年责任书未签订 {whole['unsigned']} 份。"
        )

    def heads(self) -> Sequence[str]:
        return HEADS

    def lines(self) -> Sequence[BoardLine]:
        called = names(self.counted)
        return [
            BoardLine(called.get(town, town), self._figures(self.counted[town], town)) for town in self.order
        ]

    def total(self) -> BoardLine | None:
        return BoardLine("合计", self._figures(self.whole(), "")) if self.counted else None

    def whole(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in self.counted.values():
            found.update(one)
        return found

    def _figures(self, one: Counter[str], town: str) -> list[Figure]:
        code = town.ljust(12, "0") if town else ""

        def listed(things: str, place: str, **which: str) -> str:
            here = {place: code} if code else {}
            return f"/{things}/?{urlencode({**which, **here})}"

        def terms(standing: str) -> str:
            return listed("responsibilities", "region", tab="teams", standing=standing)

        letters = listed("responsibility-letters", "region", tab="unsigned", year=str(moment.today().year))
        return [
            Figure(one["villages"], listed("responsible/villages", "under", tab="all")),
            Figure(one["without"], listed("responsible/villages", "under")),
            Figure(one["ending"], terms("ending")), Figure(one["expired"], terms("expired")),
            Figure(one["short"], terms("short")), Figure(one["unsigned"], letters),
        ]  # fmt: skip


class VillageList(ListPage):
    """Villages that are to have a team; those without a first secretary today come first."""

    queryset = Region.objects.select_related("parent")
    section, title, parent = SECTION, "应派驻的村", ("驻村和责任书看板", "/responsible/coverage/")
    filterset_class = RegionFilterSet
    main_filters = ("q", "under")
    columns = (
        Column("code", "区划代码", kind="link", order="code", phone="first"),
        Column("path_name", "村", phone="main"),
        Column("parent.name", "乡镇", phone="sub"),
    )
    order = "code"
    tabs = (
        Tab("", "没有第一书记", lambda rows, user: without_first_secretary(rows, moment.today())),
        Tab("all", "全部应派村", lambda rows, user: with_team(rows)),
    )
    empty, unit_word = "没有这样的村。", "个"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not may_look(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
