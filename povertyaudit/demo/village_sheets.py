"""村务公开 of the demonstration: two months of all villages, most of them complete, some late or with something unpublished;
the month that runs is open. Months that are over are written together (`rows.create_many`), each with its chain."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from funds.models import SheetLine, SheetState, VillageSheet
from funds.services import opening_sheets, village_duties, village_sheets
from povertyaudit.core import files, moment, rows
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.models import Attachment, Region, Role, User
from povertyaudit.core.scope import region_under
from povertyaudit.demo import papers
from povertyaudit.demo.geography import Places
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME

TOWNS = 20
TOWN = 2  # whose people everybody knows
NEVER, LATELY, GAPPED = (29, 3), (23, 5), (17, 2)  # of so many villages the one in this place
WHY = {"RELIEF": "本月没有新增、退出低保，不需评议。", "ASSETS": "本月没有集体资产资源发包、处置。"}
UNPUBLISHED = "工程结算没有审定，审定后公开。"


def make(ours: Cast, theirs: Cast) -> None:
    """After everything else: what the verbs say of the township of `official` comes last."""
    this = moment.today().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    for month in ((before - timedelta(days=1)).replace(day=1), before):
        past(ours, month, lately=month == before)
    official = ours.holding(Role.LIAISON, ours.town_unit(TOWN))
    village_duties.add_duty(by=official, name="村级公益岗位人员名单", basis="群众关心岗位怎样安排。")
    for places in (ours.places, theirs.places):
        _open([one.code for one in villages_of(places)], this)
    known(ours, official, before, this)


def villages_of(places: Places) -> list[Region]:
    """Those of the first townships, in the order of the county."""
    towns = {town.code for town in places.towns[:TOWNS]}
    return [village for village in places.villages if village.parent_id in towns]


def past(cast: Cast, month: date, *, lately: bool) -> None:
    """A month that is over: opened on its first day, handed in by the ninth of the next but for those that were missed."""
    missed: list[Region] = []
    told: list[Region] = []
    for number, village in enumerate(villages_of(cast.places)):
        late = _is(number, NEVER) or lately and _is(number, LATELY)
        (missed if late else told).append(village)
    _open([one.code for one in missed], month)
    day = min(village_duties.last_day(month) + timedelta(days=9), moment.today() - timedelta(days=1))
    with at(day, time(16, 20)):
        load(cast, told, month, day, unchecked=lately)


def load(cast: Cast, villages: Sequence[Region], month: date, day: date, *, unchecked: bool) -> None:
    """The sheets of these villages as they stood when they were handed in, and checked the same day."""
    clocks, clerks = ClockBatch(opening_sheets.RULE), people(cast)
    made = []
    for number, village in enumerate(villages):
        unit, clerk, head = clerks[village.code[:9]]
        sheet = opening_sheets.sheet_of(village, month, unit, clocks)
        sheet.filled_by = sheet.submitted_by = clerk
        sheet.submitted_on, sheet.gaps = day, int(_is(number, GAPPED))
        sheet.state = SheetState.SUBMITTED
        if not (unchecked and number % 11 == 0):
            sheet.state, sheet.checked_by, sheet.checked_on = SheetState.CHECKED, head, day
            sheet.checked_text = UNPUBLISHED if sheet.gaps else "与公开栏一致。"
        made.append(sheet)
    opening_sheets.number(made)
    photos: dict[int, Attachment] = {}
    rows.create_many(
        made, verb="villagesheet.load", by=None, below=(_board(clerks, photos), _lines(month, day, photos))
    )


def _board(
    clerks: dict[str, Any], photos: dict[int, Attachment]
) -> Callable[[VillageSheet], list[Attachment]]:
    """One photo of the board a sheet: read and kept once, tied to each."""
    first: list[Attachment] = []

    def of(sheet: VillageSheet) -> list[Attachment]:
        clerk = clerks[sheet.region_id[:9]][1]
        if not first:
            scene = papers.photo("公开栏", 7, after=True)
            first.append(files.prepare(sheet, scene, by=clerk, kind=village_sheets.PHOTO))
        skipped = {"id", "public_id", "target_id", "uploaded_by"}
        like = {
            field.attname: getattr(first[0], field.attname)
            for field in Attachment._meta.concrete_fields
            if field.name not in skipped
        }
        photos[sheet.pk] = Attachment(**like, target_id=sheet.pk, uploaded_by=clerk)
        return [photos[sheet.pk]]

    return of


def _lines(
    month: date, day: date, photos: dict[int, Attachment]
) -> Callable[[VillageSheet], list[SheetLine]]:
    duties = village_duties.national(month)

    def of(sheet: VillageSheet) -> list[SheetLine]:
        found = []
        for place, duty in enumerate(duties):
            line = SheetLine(sheet=sheet, code=duty.code, name=duty.name)
            if duty.code == "PROJECTS" and sheet.gaps:
                line.answer, line.reason = SheetLine.Answer.UNPUBLISHED, UNPUBLISHED
            elif duty.code in WHY and (sheet.pk + place) % 3:
                line.answer, line.reason = SheetLine.Answer.NOTHING, WHY[duty.code]
            else:
                line.answer, line.published_on = SheetLine.Answer.PUBLISHED, day - timedelta(days=place)
                line.photo = photos[sheet.pk]
            found.append(line)
        return found

    return of


def people(cast: Cast) -> dict[str, Any]:
    """Nine digits of a township → its government, who fills in, who checks."""
    found = {}
    for number, town in enumerate(cast.places.towns, 1):
        unit = cast.town_unit(number)
        found[town.code[:9]] = (
            unit, cast.holding(Role.LIAISON, unit), cast.holding(Role.UNIT_HEAD, unit),
        )  # fmt: skip
    return found


def known(cast: Cast, official: User, before: date, this: date) -> None:
    """In the township of `official`: one sheet sent back, one of this month begun."""
    here = region_under("region_id", cast.places.towns[TOWN - 1].code)
    mine = VillageSheet.objects.filter(here).order_by("pk")
    checked = mine.filter(month=before, state=SheetState.CHECKED).first()
    if checked is not None:
        village_sheets.send_back(
            checked, by=cast.inspector2, note="抽查发现照片上的惠农补贴名单没有金额，请补正。"
        )
    begun = mine.filter(month=this).first()
    if begun is not None:
        answers = [{"duty": "ACCOUNTS", "answer": "published"}, {"duty": "SUBSIDIES", "answer": "published"}]
        village_sheets.fill(begun, by=official, answers=answers, board=papers.photo("公开栏", 7, after=True))


def _open(codes: Sequence[str], month: date) -> None:
    """By the clock, on the morning of the first day."""
    with at(min(month, moment.today() - timedelta(days=1)), time(6, 0)):
        opening_sheets.open_batch(codes, month)


def _is(number: int, which: tuple[int, int]) -> bool:
    return number % which[0] == which[1]


@contextmanager
def at(day: date, hour: time) -> Iterator[None]:
    with moment.pretend(datetime.combine(day, hour, COUNTY_TIME)):
        yield
