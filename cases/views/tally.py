"""移送对账: what we say we handed over against what they acknowledged, and the other way round."""

from typing import Any
from urllib.parse import urlencode

from cases import services
from cases.exchange_filters import TallyFilter
from cases.models import PartnerBody
from cases.views.exchange import Book, figure
from povertyaudit.core.views import Column

# heading, direction, standings counted
OUT_FIGURES = (
    ("out_all", "我方移出", "out", ()),
    ("out_taken", "对方已确认", "out", ("taken",)),
    ("out_waiting", "待对方确认", "out", ("waiting",)),
    ("out_gap", "差异（未确认、退回）", "out", ("missed", "returned")),
)
IN_FIGURES = (
    ("in_all", "对方移入", "in", ()),
    ("in_registered", "我方已登记", "in", ("registered",)),
    ("in_waiting", "待登记", "in", ("to_register",)),
    ("in_gap", "差异（不予受理、退回）", "in", ("refused", "returned")),
)


def _counted(body: Any, direction: str, wanted: tuple[str, ...]) -> int:
    found = body.tally.get(direction, {})
    return sum(number for key, number in found.items() if not wanted or key in wanted)


class Tally(Book):
    """What we say against what they say, body by body; each figure opens its rows."""

    queryset = PartnerBody.objects.all()
    title = "移送对账"
    filterset_class = TallyFilter
    main_filters = ("handed_from", "handed_to", "bodies")
    order = "order"
    empty = "这段时间没有移送。"
    empty_hint = "要看全部机关的，在“显示”里选“全部机关”。"
    unit_word = "类机关"

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        name = Column("name", "对方机关", phone="main")
        return (name, *(self.column(*one) for one in (*OUT_FIGURES, *IN_FIGURES)))

    def column(self, key: str, label: str, direction: str, wanted: tuple[str, ...]) -> Column:
        def value(body: Any) -> Any:
            number = _counted(body, direction, wanted)
            return figure(number, self.rows_url(body, direction, wanted)) if number else "0"

        return Column(
            key, label, kind="number", value=value, phone="more" if key.endswith(("_all", "_gap")) else "hide"
        )

    def rows_url(self, body: Any, direction: str, wanted: tuple[str, ...]) -> str:
        period = [(name, self.params[name]) for name in ("handed_from", "handed_to") if self.params.get(name)]
        said = [
            ("body", body.code),
            ("direction", direction),
            *(("standing", one) for one in wanted),
            *period,
        ]
        return f"/handovers/rows/?{urlencode(said)}"

    def get_queryset(self) -> Any:
        return services.tallied(self.user)

    def filled(self, rows: Any) -> Any:
        """Each body with its figures: one question for all of them."""
        found = services.tally_of(self.user, **services.period_of(self.bound))
        for body in rows:
            body.tally = found.get(body.code, {})
        return super().filled(rows)
