"""What the big rounds came to: opinions by the hundred, leads handed over and what became of them, things put right at
once (domain §12, seeds 003 and 001)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from cases import services as cases
from cases.models import Channel, Handover, Lead, Standing
from cases.services import asking
from inspections import services
from inspections.models import ImmediateNotice, Opinion, Round, Visit
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.models import Role
from povertyaudit.demo.filed import name
from povertyaudit.demo.leads import CATEGORIES
from povertyaudit.demo.people import Cast

OPINIONS = 294
LEADS, FILED, HELD = 30, 10, 29
TALKED_TO = ("榉岚镇党委", "县水利局党组")
COURT = 4  # the one of those filed that goes to court
DEMANDS = (
    "对照问题逐项核查，明确责任人和完成时限，一个月内报整改方案。", "建立台账，逐户核对，办结一件销号一件。",
    "完善制度，公开到组，接受群众监督。", "追回多发资金，限期补发少发资金。", "对责任人员批评教育，举一反三开展自查。",
)  # fmt: skip
ANSWER = "已按意见整改到位，情况已在单位和村组公示。"
MATTERS = (
    ("false_claim", "虚报冒领产业奖补"), ("intercept", "截留到户补助"), ("favouritism", "公益岗位优亲厚友"),
    ("dereliction", "项目验收失职"), ("fees", "违规向农户收费"),
)  # fmt: skip


def numbers(scheme: str, row: Round, count: int) -> list[str]:
    return numbering.take_many(scheme, row.region, count)


def opinions(row: Round, cast: Cast, given: Sequence[str], *, sent_on: date, kind: str = "rectify") -> None:
    """Accepted opinions to the units of the round in turn, those with somebody who answers."""
    objects, heads = looked_at(row, cast)
    answered, today = sent_on + timedelta(days=28), moment.today()
    made = []
    for number, (text, (unit, head)) in zip(
        given, zip(cycle(DEMANDS), cycle(heads), strict=False), strict=False
    ):
        made.append(Opinion(
            number=number, round=row, region=unit.region, kind=kind, unit=unit, text=text, recorded_by=cast.patroloffice,
            object=objects.get(unit.pk) if kind == "rectify" else None,
            sent_on=sent_on, answered_on=min(answered, today), answer_text=ANSWER, answered_by=head,
            accepted_on=min(answered + timedelta(days=3), today), state="accepted",
        ))  # fmt: skip
    rows.create_many(made, verb="opinion.record", by=cast.patroloffice)


def answering(cast: Cast) -> list[tuple[Any, Any]]:
    """The governments of the townships with their heads."""
    units = [cast.town_unit(number) for number in range(1, len(cast.places.towns) + 1)]
    return [(unit, cast.holding(Role.UNIT_HEAD, unit)) for unit in units]


def looked_at(row: Round, cast: Cast) -> tuple[dict[int, Any], list[tuple[Any, Any]]]:
    """Unit → object of the round, and the townships among them with their heads."""
    objects = {one.unit_id: one for one in row.round_objects.exclude(unit=None)}
    return objects, [one for one in answering(cast) if one[0].pk in objects]


def visits(row: Round, cast: Cast, *, on: date) -> None:
    """In each village and township of the round: 300 households and 500 talks over all of them."""
    places = list(row.round_objects.exclude(kind="department").select_related("region").order_by("pk"))
    given = numbers("visit", row, len(places))
    made = []
    for number, (code, one) in enumerate(zip(given, places, strict=True)):
        village = one.kind != "town"
        made.append(Visit(
            number=code, round=row, object=one, region=one.region, kind="household" if village else "talk",
            visited_on=on + timedelta(days=number % 20), households=(7 + number % 2) if village else 0,
            talks=8 if village else 9, documents=3, recorded_by=cast.patroloffice,
            notes="入户了解帮扶政策落实情况，核对手册和到户资金。" if village else "与班子成员、股站所负责人个别谈话。",
        ))  # fmt: skip
    rows.create_many(made, verb="visit.record", by=cast.patroloffice)


def hand_over(row: Round, cast: Cast) -> Handover:
    """30 leads on one list with its receipt."""
    entries = []
    for number in range(LEADS):
        village: Any = cast.places.villages[number * 3 % len(cast.places.villages)]
        _, matter = MATTERS[number % len(MATTERS)]
        entries.append({
            "title": f"{village.name}干部{matter}问题", "text": f"巡察发现{village.name}干部{matter}。", "persons": name(200 + number),
            "region": village,
        })  # fmt: skip
    services.hand_lead(row, by=cast.patroloffice, leads=entries)
    book = Handover.objects.latest("pk")
    return cases.record_handover_receipt(book, by=cast.casemgr, receipt_by=cast.casemgr.display_name)


def settle(book: Handover, cast: Cast) -> None:
    """What became of them: ten filed and decided, entered from the books; the rest with the townships' own commissions;
    29 persons held to account and two units talked to."""
    for number, line in enumerate(book.rows.order_by("ordinal")):
        if number < FILED:
            book = _filed(book, line, number, cast)
        else:
            book = cases.register_row(
                book, by=cast.casemgr, row=line, title=line.title, region=line.region,
                category=CATEGORIES[MATTERS[number % len(MATTERS)][0]],
            )  # fmt: skip
            line.refresh_from_db()
            cases.forward(
                line.lead,
                by=cast.casemgr,
                forwarded_to=f"{line.region.parent.name}纪委",
                forward_receipt=f"青巡移〔2026〕{number + 1} 号",
            )
    first = (
        Lead.objects.filter(handover_rows__handover=book, handling_unit__isnull=False).order_by("pk").first()
    )
    if first is not None:
        _hold_to_account(first, cast)


def _filed(book: Handover, line: Any, number: int, cast: Cast) -> Handover:
    """Registered, filed, decided and executed while the round went on; entered in one act, tied to its line."""
    category, _ = MATTERS[number % len(MATTERS)]
    filed = book.handed_on + timedelta(days=10 + number)
    decided = filed + timedelta(days=60 + number)
    case = cases.enter_past(
        by=cast.casemgr, region=line.region, title=line.title, case_number=f"青纪立〔{filed.year}〕巡{number + 1} 号",
        received_on=book.handed_on, filed_on=filed, decided_on=decided, concluded_on=decided + timedelta(days=5),
        name=line.persons, unit_text=line.region.name, post_text="村党支部书记", kind="village_cadre", party_member=True,
        measure="transfer_prosecution" if number == COURT else "party_warning", probation_months=None,
        document_number=f"青纪〔{decided.year}〕巡{number + 1} 号", category=CATEGORIES[category], channel=Channel.INSPECTION,
        money_kind="recovered", owed_fen=500_000, taken_fen=500_000, returned_fen=0,
        handling_unit=cast.units["审查调查室"], leader=cast.users["leader"],
        result_text="经查属实，已移送检察机关。" if number == COURT else "经查属实，违纪款已追缴到位。",
    )  # fmt: skip
    line.lead, line.standing = case.lead, Standing.REGISTERED
    return rows.write(
        rows.lock(book), verb="handover.register_row", by=cast.casemgr, saved=[line], facts={"lead:number": case.lead.number},
    )  # fmt: skip


def _hold_to_account(lead: Lead, cast: Cast) -> None:
    people = [
        {
            "kind": "person", "name": name(300 + number), "post_text": "乡镇分管负责人" if number % 3 else "村党支部书记",
            "duty": "leader" if number % 3 else "direct", "measure": ("organisational", "admonish", "circular")[number % 3],
        }
        for number in range(HELD)
    ]  # fmt: skip
    bodies = [{"kind": "unit", "name": one, "duty": "primary", "measure": "talk"} for one in TALKED_TO]
    row = asking.open_accountability(
        by=cast.casemgr, lead=lead, title="脱贫攻坚专项巡察发现问题的责任追究", responsible=[*people, *bodies]
    )
    asking.decide(row, by=cast.secretary, document=f"青纪〔{moment.today().year}〕巡1 号")


def of_2018(row: Round, cast: Cast, immediate: int, feedback: int, advice: int) -> None:
    """As the books of the year have it: told, answered, accepted; put right at once; advice to departments."""
    opinions(row, cast, numbers("opinion", row, feedback), sent_on=row.ends_on)
    opinions(row, cast, numbers("opinion", row, advice), sent_on=row.ends_on, kind="advice")
    objects, heads = looked_at(row, cast)
    made = []
    for number, text, (unit, head) in zip(
        numbers("immediate_notice", row, immediate), cycle(DEMANDS), cycle(heads), strict=False
    ):
        made.append(ImmediateNotice(
            number=number, round=row, region=unit.region, unit=unit, text="现场发现的具体问题。", demand=text,
            object=objects.get(unit.pk),
            issued_by=cast.patroloffice, issued_on=row.starts_on, reported_on=row.ends_on, closing_text=ANSWER,
            reported_by=head, closed_on=row.ends_on, state="closed",
        ))  # fmt: skip
    rows.create_many(made, verb="immediatenotice.issue", by=cast.patroloffice)
