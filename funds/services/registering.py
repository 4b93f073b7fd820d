"""登记违规使用资金. Money is in 分 (integer)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from funds.models import FundKind, Misuse, MisuseKind, MisuseNature
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
    post = by.post_as(REGISTERS)
    if post is None:
        raise NotAllowed("register_misuse.role", "违规使用资金由财政部门或者监督检查室登记。")
    place = region or responsible_unit.region
    day = found_on or moment.today()
    owed = amount_fen if owed_fen is None else owed_fen
    asked = None if confirmed else slips.asked(amount_fen, _sums_near(place), verb=VERB, field="confirmed")
    raise_all([
        *_misplaced(place, responsible_unit), *_out_of_order(day, period_from, period_to),
        *_owed_wrong(amount_fen, owed, owed_reason), *_unknown_origin(by, lead, finding, project), *([asked] if asked else []),
    ])  # fmt: skip
    misuse = Misuse(
        kind=_of_day(MisuseKind, kind, day, "kind", "问题类型"),
        fund_kind=_of_day(FundKind, fund_kind, day, "fund_kind", "资金种类"),
        nature=_of_day(MisuseNature, nature, day, "nature", "问题性质"),
        title=title, amount_fen=amount_fen, responsible_unit=responsible_unit, found_on=day, how_found=how_found,
        description=description, region=place, lead=lead, finding=finding, project=project, period_from=period_from,
        period_to=period_to, number=numbering.take("misuse", place, post.unit.office_code),
    )  # fmt: skip
    book = Book(misuse, by)
    book.open(owed, day, owed_reason)
    misuse.adjusted_fen = owed - amount_fen
    return rows.create(
        misuse, verb="misuse.register_misuse", by=by, note=note, children=[*book.rows, *beside]
    )


def _sums_near(place: Region) -> Sequence[int]:
    """The latest sums (分) of the county."""
    near = Misuse.objects.standing().filter(region_under("region_id", place.county_code())).order_by("-pk")
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


def _unknown_origin(by: User, lead: Any, finding: Any, project: Any) -> list[DomainError]:
    """A lead or a finding the person knows of; what a secret round found is no secret only when the round has ended."""
    wrong: list[DomainError] = []
    if (
        project is not None
        and not type(project)._default_manager.visible_to(by).filter(pk=project.pk).exists()
    ):
        wrong.append(RuleBroken(f"{VERB}.project", "没有这个项目，请核对编号。", field="project"))
    if lead is not None and not type(lead)._default_manager.visible_to(by).filter(pk=lead.pk).exists():
        wrong.append(RuleBroken(f"{VERB}.lead", "没有这件线索，请核对编号。", field="lead"))
    if finding is not None:
        if not type(finding)._default_manager.visible_to(by).filter(pk=finding.pk).exists():
            wrong.append(RuleBroken(f"{VERB}.finding", "没有这个问题，请核对编号。", field="finding"))
        elif not finding.number or finding.state == "withdrawn":
            text = "保密轮次的问题待编号后、已撤销的问题不能登记违规资金。"
            wrong.append(RuleBroken(f"{VERB}.finding_state", text, field="finding"))
    return wrong


def _of_day(model: Any, term: Any, day: date, field: str, label: str) -> Any:
    """The term as it was called on the day. Raises RuleBroken where it stood for nothing."""
    then = term and model.objects.of_day(term, day)
    if term is not None and then is None:
        text = f"该{label}在发现之日尚未施行或者已经停用，请重新选择。"
        raise RuleBroken(f"{VERB}.{field}", text, field=field)
    return then
