"""How often is reported: what is set for the item, else for its round, else by its source; each dated."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from inspections.models import Round, RoundRhythm
from inspections.models.rhythms import INHERIT
from rectification.models import Cadence, Item, ItemRhythm, ReportRhythm, Source

EVER = date.min
BY_SOURCE = "按来源的规定"


def _starts(rhythm: Any) -> date:
    return rhythm.valid_from or EVER


def _says_how_often(rhythm: Any) -> bool:
    """Whether this rhythm is there and does not leave it to what holds above it."""
    return rhythm is not None and rhythm.cadence != INHERIT


class Rhythms:
    """The rhythms of some items, read once in three questions: `on` a day, and since when they are asked again."""

    def __init__(self, items: Iterable[tuple[int, str, int | None]]) -> None:
        """`items`: (key, source, key of the round)."""
        self._of = {pk: (_kind(source), round_) for pk, source, round_ in items}
        self._own, self._rounds, self._sources = (defaultdict[Any, list[Any]](list) for _ in range(3))
        for one in ItemRhythm.objects.filter(item__in=self._of).order_by("valid_from"):
            self._own[one.item_id].append(one)
        keys = {round_ for _, round_ in self._of.values() if round_}
        for said in RoundRhythm.objects.filter(round__in=keys).order_by("valid_from") if keys else ():
            self._rounds[said.round_id].append(said)
        for usual in ReportRhythm.objects.named().order_by("pk"):
            self._sources[usual.kind].append(usual)

    def on(self, pk: int, day: date) -> Any:
        """The rhythm in force on the day: an ItemRhythm, RoundRhythm or ReportRhythm; None where nothing is said."""
        kind, round_ = self._of[pk]
        for told in (self._own[pk], self._rounds[round_]):
            latest = next((one for one in reversed(told) if one.valid_from <= day), None)
            if _says_how_often(latest):
                return latest
        running = [
            one
            for one in self._sources[kind]
            if _starts(one) <= day and not (one.valid_to and one.valid_to < day)
        ]
        return max(running, key=_starts, default=None)

    def asked_since(self, pk: int, day: date) -> date | None:
        """The day since which a report is asked for without a break up to `day`; None where there never was a break."""
        kind, round_ = self._of[pk]
        told = (*self._own[pk], *self._rounds[round_], *self._sources[kind])
        days = {_starts(one) for one in told}
        since = day
        for turn in sorted((one for one in days if one <= day), reverse=True):
            rhythm = self.on(pk, turn)
            if rhythm is None or rhythm.cadence == Cadence.NONE:
                return since
            since = turn
        return None


def _kind(source: str) -> str:
    return "finding" if source == Source.FINDING else "other"


def in_force(item: Item, day: date) -> tuple[str, str]:
    """How often the item is reported on, in words, and who said so; both empty where nothing is said."""
    rhythm = Rhythms([(item.pk, item.source, item.finding.round_id if item.finding else None)]).on(
        item.pk, day
    )
    if rhythm is None:
        return "", ""
    whose = {ItemRhythm: "本事项", RoundRhythm: "巡察轮次"}.get(type(rhythm), "")
    return rhythm.get_cadence_display(), f"{whose}，{rhythm.valid_from} 起" if whose else BY_SOURCE


def of_round(row: Round, day: date) -> tuple[str, str]:
    """How often the items of a round are reported on where nothing is set for one of them; as `in_force`."""
    rhythm = Rhythms([(0, Source.FINDING, row.pk)]).on(0, day)
    if rhythm is None:
        return "", ""
    return rhythm.get_cadence_display(), f"{rhythm.valid_from} 起" if type(
        rhythm
    ) is RoundRhythm else BY_SOURCE
