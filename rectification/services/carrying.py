"""What an item was about goes on in another: measures, results, files, money, reports are carried over as rows of its own.

The rows of the item itself stay as they were, to be read; nothing of an item that was split or merged is counted.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from povertyaudit.core import clock_copies, rows
from povertyaudit.core.models import Attachment, Clock, Row, User
from rectification.models import (
    Evidence,
    ExtensionRequest,
    Item,
    ItemMisuse,
    ItemRhythm,
    Measure,
    ProgressReport,
    RequestState,
    Result,
)
from rectification.services.telling import addressees

FILE = (
    "kind", "title", "original_name", "content_type", "extension", "size", "sha256", "original_sha256", "thumb_sha256",
    "taken_at", "uploaded_by_id", "version_no",
)  # fmt: skip
ASKED = (
    "asked_by_id", "asked_on", "due_before", "until", "reason", "reason_code", "reason_name", "by_leader", "state",
    "decided_by_id", "decided_on", "granted_until", "opinion",
)  # fmt: skip
WHOLE = (None,)  # what belongs to no measure


def carry(
    source: Item, target: Item, *, by: User, measures: Sequence[Measure], beyond: bool, misuses: Iterable[int],
    days: dict[int, date | None], units: dict[int, int | None], settings: bool = False,
) -> Item:  # fmt: skip
    """Copy these measures of `source` into `target`, numbered after what it has, with their results, files and reports;
    with what belongs to no measure where `beyond` says so; with the links to these misuses. With `settings` also the
    decided requests for more time and how often it is reported on. `days`, `units`: by key of the measure, what the copy says. Both items are locked.
    """
    names: dict[int | None, Measure] = {}
    last = _last(target)
    for no, one in enumerate(measures, start=last + 1):
        names[one.pk] = Measure(
            item=target, no=no, text=one.text, due_on=days.get(one.pk, one.due_on), unit_id=units.get(one.pk, one.unit_id),
            person=one.person, state=one.state,
        )  # fmt: skip
    kept = {*names, *(WHOLE if beyond else ())}
    saved: list[Row] = [
        *names.values(),
        *_results(source, target, names, kept, last + len(names)),
        *_files(source, target, names, kept),
        *_reports(source, target, names, kept),
        *_money(target, misuses),
        *(_settings(source, target) if settings else ()),
    ]
    facts = {"item:from": source.public_id, "measures": [one.no for one in measures]}
    return rows.write(target, verb="item.carry_over", by=by, saved=saved, facts=facts)


def _last(item: Item) -> int:
    """The last number measures or results of the item have."""
    taken = [*item.measures.values_list("no", flat=True), *item.results.values_list("no", flat=True)]
    return max(taken, default=0)


def _results(
    source: Item, target: Item, names: dict[int | None, Measure], kept: set[Any], last: int
) -> Iterable[Result]:
    """The first result of a measure bears its number, so that the tree stays parallel; the others come after all."""
    told: set[int] = set()
    for one in source.results.order_by("no"):
        if one.measure_id not in kept:
            continue
        measure = names.get(one.measure_id)
        first = measure is not None and one.measure_id not in told
        told.add(one.measure_id)
        last += not first
        no = measure.no if first and measure is not None else last
        yield Result(item=target, measure=measure, no=no, text=one.text, figures=one.figures)


def _files(
    source: Item, target: Item, names: dict[int | None, Measure], kept: set[Any]
) -> Iterable[Attachment | Evidence]:
    """Each file under its own name in the target, of the same stored bytes; pairs of photos stay pairs."""
    made: dict[int, Evidence] = {}
    every = source.evidence.select_related("attachment").order_by("pk")
    for one in sorted(every, key=lambda row: row.before_id is not None):
        if one.measure_id not in kept:
            continue
        file = Attachment(
            target_label=target._meta.label_lower, target_id=target.pk,
            **{name: getattr(one.attachment, name) for name in FILE},
        )  # fmt: skip
        made[one.pk] = Evidence(
            item=target, measure=names.get(one.measure_id), kind=one.kind, kind_name=one.kind_name, attachment=file,
            before=made.get(one.before_id), note=one.note,
        )  # fmt: skip
        yield file
        yield made[one.pk]


def _reports(
    source: Item, target: Item, names: dict[int | None, Measure], kept: set[Any]
) -> Iterable[ProgressReport]:
    for one in source.reports.order_by("pk"):
        if one.measure_id in kept:
            yield ProgressReport(
                item=target, measure=names.get(one.measure_id), period=one.period, text=one.text,
                completion=one.completion, reported_by_id=one.reported_by_id, reported_on=one.reported_on,
            )  # fmt: skip


def _money(target: Item, misuses: Iterable[int]) -> Iterable[ItemMisuse]:
    known = set(target.misuse_links.values_list("misuse_id", flat=True))
    for key in sorted(set(misuses) - known):
        yield ItemMisuse(item=target, misuse_id=key)


def _settings(source: Item, target: Item) -> Iterable[ExtensionRequest | ItemRhythm]:
    """More time that was asked for and decided: each part was given it, or was not. How often it is reported on."""
    for rhythm in source.rhythms.order_by("pk"):
        yield ItemRhythm(
            item=target, cadence=rhythm.cadence, valid_from=rhythm.valid_from, reason=rhythm.reason,
            set_by_id=rhythm.set_by_id,
        )  # fmt: skip
    decided = source.extension_requests.filter(state__in=(RequestState.GRANTED, RequestState.REFUSED))
    for one in decided.order_by("pk"):
        yield ExtensionRequest(item=target, **{name: getattr(one, name) for name in ASKED})


def clocks_go_on(source: Item, target: Item) -> None:
    """The periods of the item run on for the target as they stood; whoever is recused from it is recused there."""
    for clock in Clock.objects.of(source).open().order_by("pk"):
        clock_copies.go_on(clock, target, event=f"{source} 拆分，期限照旧", **addressees(target))
    clock_copies.recuse_alike(source, target)
