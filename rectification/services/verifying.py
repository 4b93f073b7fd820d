"""How the verifier found out (复核记录): what he states when he signs, as rows under his signature."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken
from rectification.models import Item, ItemSignature, VerificationWay, Way
from rectification.workflow.ruled import asked_ways

# way -> its fields as forms and machines name them
STATED = {
    Way.DOCUMENTS: {"day": "documents_on", "found": "documents_found"},
    Way.ON_SITE: {"day": "site_on", "place": "site_place", "found": "site_found"},
    Way.ASKING: {"day": "asked_on", "place": "asked_place", "whom": "asked_whom", "found": "asked_found"},
}
NEEDED = {
    "documents_found": "请写明查阅了哪些资料、发现什么情况。",
    "site_on": "请填写实地查看的日期。", "site_place": "请填写实地查看的地点。", "site_found": "请写明实地看到的情况。",
    "asked_on": "请填写询问的日期。", "asked_whom": "请填写询问了哪些人。", "asked_found": "请写明询问了解到的情况。",
}  # fmt: skip


def ways_of(said: Mapping[str, Any]) -> list[VerificationWay]:
    """The ways that were stated: those of which anything was filled in."""
    found = []
    for kind, fields in STATED.items():
        values = {
            column: said.get(name) or (None if column == "day" else "") for column, name in fields.items()
        }
        if any(values.values()):
            found.append(VerificationWay(kind=kind, **values))
    return found


def not_stated(item: Item, said: Mapping[str, Any]) -> list[DomainError]:
    """What is wrong with the statement, each at its field: none of the three ways, one half told, a day that cannot be."""
    unknown = set(said) - {name for fields in STATED.values() for name in fields.values()}
    if unknown:
        raise TypeError(f"not stated of a verification: {sorted(unknown)}")
    ways = ways_of(said)
    if not ways:
        text = "请写明怎样复核的：查阅资料、实地查看、询问群众，至少填写一种。"
        return [RuleBroken("verify.no_way", text, field="documents_found")]
    wrong: list[DomainError] = [*_not_as_ruled(item, ways)]
    for way in ways:
        for column, name in STATED[Way(way.kind)].items():
            if name in NEEDED and not str(getattr(way, column) or "").strip():
                wrong.append(RuleBroken("verify.half_told", NEEDED[name], field=name))
            elif column == "day" and way.day is not None:
                wrong += _impossible(item, way.day, name)
    return wrong


def _not_as_ruled(item: Item, ways: list[VerificationWay]) -> list[DomainError]:
    """The ways the rules of today ask for and nobody stated, each at the field it is told in."""
    stated = {way.kind for way in ways}
    return [
        RuleBroken(
            "verify.way_missing", f"按“复核和公示要求”（{about}），该事项复核须{way.label}，请填写。",
            field=STATED[way]["found"],
        )
        for way, about in asked_ways(item).items()
        if way not in stated
    ]  # fmt: skip


def _impossible(item: Item, day: date, name: str) -> list[DomainError]:
    if day > moment.today():
        return [RuleBroken("verify.future", "复核的日期不能晚于今天，请核对。", field=name)]
    if item.accepted_on is not None and day < item.accepted_on:
        text = f"复核的日期不能早于事项签收日期 {item.accepted_on}，请核对。"
        return [RuleBroken("verify.early", text, field=name)]
    return []


def under(signature: ItemSignature, ways: list[VerificationWay]) -> list[VerificationWay]:
    """The rows as they are saved with the signature."""
    for way in ways:
        way.item, way.signature = signature.item, signature
    return ways
