"""登记违规使用资金. Money is in 分 (integer)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from funds.models import FundKind, Misuse, MisuseKind, MisuseNature
from funds.querysets import REGION_WIDE
from funds.services import slips
from funds.services.books import Book
from funds.workflow import REGISTERS
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Region, Row, Unit, User
from povertyaudit.core.scope import region_under

VERB = "register_misuse"


@transaction.atomic
def register_misuse(
    *, by: User, kind: MisuseKind, title: str, amount_fen: int, responsible_unit: Unit, how_found: str, description: str,
    found_on: date | None = None, region: Region | None = None, lead: Any = None, finding: Any = None,
    project: Any = None, fund_kind: FundKind | None = None, nature: MisuseNature | None = None,
    period_from: date | None = None, period_to: date | None = None, owed_fen: int | None = None, owed_reason: str = "",
    confirmed: bool = False, note: str = "", beside: Sequence[Row] = (),
) -> Misuse:  # fmt: skip
    """登记违规使用资金 of `amount_fen` (分), of which `owed_fen` must come back (all of it where nothing is said).

    The region is the unit's where none is given; `beside` are rows of other apps saved with it (the paper it came of).
    Raises NotAllowed, RuleBroken/Several; a sum far from its neighbours is asked about unless `confirmed`.
    """
    said = {
        "kind": kind, "title": title, "amount_fen": amount_fen, "responsible_unit": responsible_unit, "how_found": how_found,
        "description": description, "lead": lead, "finding": finding, "project": project, "fund_kind": fund_kind,
        "nature": nature, "period_from": period_from, "period_to": period_to,
    }  # fmt: skip
    misuse, entries = judged(
        by, said, found_on=found_on, region=region, owed_fen=owed_fen, owed_reason=owed_reason, confirmed=confirmed,
    )  # fmt: skip
    misuse.number = numbering.take("misuse", misuse.region, office_of(by))
    return rows.create(misuse, verb=f"misuse.{VERB}", by=by, note=note, children=[*entries, *beside])


@dataclass(frozen=True)
class Known:
    """What is asked of the database about one misuse; where many are registered, out of what was read for all of them."""

    of_day: Callable[[Any, Any, date], Any] = lambda model, term, day: model.objects.of_day(term, day)
    sees: Callable[[User, Any], bool] = lambda by, row: bool(
        type(row)._default_manager.visible_to(by).filter(pk=row.pk).exists()
    )


def judged(
    by: User, said: Mapping[str, Any], *, found_on: date | None, region: Region | None, owed_fen: int | None,
    owed_reason: str, confirmed: bool, known: Known = Known(), near: slips.Near | None = None,
) -> tuple[Misuse, list[Row]]:  # fmt: skip
    """The misuse, unsaved and without its number, and the first entry of its book. Raises NotAllowed, RuleBroken/Several."""
    if by.post_as(REGISTERS) is None:
        raise NotAllowed("register_misuse.role", "违规使用资金由财政部门或者监督检查室登记。")
    unit, amount = said["responsible_unit"], said["amount_fen"]
    place, day = region or unit.region, found_on or moment.today()
    owed, sums = amount if owed_fen is None else owed_fen, near or slips.Near(sums_near)
    asked = None if confirmed else sums.asked(amount, place.county_code(), verb=VERB, field="confirmed")
    raise_all([
        *_misplaced(place, unit), *_out_of_order(day, said.get("period_from"), said.get("period_to")),
        *_owed_wrong(amount, owed, owed_reason), *_unknown_origin(by, said, known), *([asked] if asked else []),
    ])  # fmt: skip
    terms = {
        name: _of_day(known, model, said.get(name), day, name, label)
        for name, model, label in (("kind", MisuseKind, "问题类型"), ("fund_kind", FundKind, "资金种类"), ("nature", MisuseNature, "问题性质"))
    }  # fmt: skip
    misuse = Misuse(**{**said, **terms}, found_on=day, region=place)
    if not any(post.role in REGION_WIDE and post.covers(place.pk) for post in by.current_posts()):
        raise NotAllowed("scope.outside", rows.OUTSIDE)
    book = Book(misuse, by)
    book.open(owed, day, owed_reason)
    misuse.adjusted_fen = owed - amount
    return misuse, book.rows


def office_of(by: User) -> str:
    """The office whose numbers are given."""
    post = by.post_as(REGISTERS)
    return post.unit.office_code if post else ""


def sums_near(county: str) -> Sequence[int]:
    """The latest sums (分) of the county of this code."""
    near = Misuse.objects.standing().filter(region_under("region_id", county)).order_by("-pk")
    return list(near.values_list("amount_fen", flat=True)[: slips.MOST])


def _misplaced(place: Region, unit: Unit) -> list[DomainError]:
    if place.county_code() == unit.region.county_code():
        return []
    return [RuleBroken(f"{VERB}.region", "所属地区与责任单位不在同一个县，请核对。", field="region")]


def _out_of_order(found: date, begun: date | None, ended: date | None) -> list[DomainError]:
    """Happened, then ended, then found; nothing tomorrow."""
    wrong: list[DomainError] = []
    if found > moment.today():
        wrong.append(RuleBroken(f"{VERB}.future", "发现日期不能晚于今天，请核对。", field="found_on"))
    if begun and begun > found:
        wrong.append(RuleBroken(f"{VERB}.begun", "发生期间的起日晚于发现日期，请核对。", field="period_from"))
    if ended and (begun is None or ended < begun):
        text = "发生期间的止日不能早于起日；只知道一个日期的，填在起日。"
        wrong.append(RuleBroken(f"{VERB}.ended", text, field="period_to"))
    return wrong


def _owed_wrong(amount: int, owed: int, reason: str) -> list[DomainError]:
    if not 1 <= owed <= amount:
        text = "应追缴金额应大于 0，且不超过涉及金额；利息等另行增加的，登记后办理“调增应追缴”。"
        return [RuleBroken(f"{VERB}.owed", text, field="owed_fen")]
    if owed != amount and not reason.strip():
        return [RuleBroken(f"{VERB}.owed_reason", "应追缴少于涉及金额的，请写明理由。", field="owed_reason")]
    return []


def _unknown_origin(by: User, said: Mapping[str, Any], known: Known) -> list[DomainError]:
    """A lead or a finding the person knows of; what a secret round found is no secret only when the round has ended."""
    wrong: list[DomainError] = []
    for name, text in (("project", "没有这个项目"), ("lead", "没有这件线索"), ("finding", "没有这个问题")):
        if said.get(name) is not None and not known.sees(by, said[name]):
            wrong.append(RuleBroken(f"{VERB}.{name}", f"{text}，请核对编号。", field=name))
    finding = said.get("finding")
    unknown = any(one.field == "finding" for one in wrong)
    if finding is not None and not unknown and (not finding.number or finding.state == "withdrawn"):
        text = "保密轮次的问题待编号后、已撤销的问题不能登记违规资金。"
        wrong.append(RuleBroken(f"{VERB}.finding_state", text, field="finding"))
    return wrong


def _of_day(known: Known, model: Any, term: Any, day: date, field: str, label: str) -> Any:
    """The term as it was called on the day. Raises RuleBroken where it stood for nothing."""
    then = term and known.of_day(model, term, day)
    if term is not None and then is None:
        text = f"该{label}在发现之日尚未施行或者已经停用，请重新选择。"
        raise RuleBroken(f"{VERB}.{field}", text, field=field)
    return then
