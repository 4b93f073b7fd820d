"""责任书: drawn up one by one or for a whole county, signed by both sides while they are in office, voided."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from povertyaudit.answering.models import Letter, LetterState, Responsibility
from povertyaudit.answering.models.letters import YEARS
from povertyaudit.answering.services.rules import amount
from povertyaudit.answering.workflow.letters import LETTER, SIDES, keeps_letter, noted_sides, own_sides
from povertyaudit.answering.workflow.responsibilities import KEEPERS, OUTSIDE
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Level, Region, User
from povertyaudit.core.scope import region_under

HEAD = {Level.TOWNSHIP: "party_head", Level.VILLAGE: "village_party_head"}  # who signs for a place
SIDE_WORDS = {"upper": "上级", "lower": "下级"}
MOST = 3_000


def _check_year(year: int) -> None:
    if not YEARS[0] <= year <= min(YEARS[1], moment.today().year + 1):
        text = f"年度应在 {YEARS[0]} 和 {moment.today().year + 1} 之间，请核对。"
        raise RuleBroken("letter.year", text, field="year")


@transaction.atomic
def draw_up(
    *, by: User, year: int, upper: Responsibility, lower: Responsibility, paper_no: str = "", duties: str = "",
    note: str = "",
) -> Letter:  # fmt: skip
    """拟定责任书 between two who answer, the upper for a place above. Raises NotAllowed, RuleBroken/Several."""
    _check_year(year)
    row = Letter(
        region=lower.region,
        year=year,
        upper=upper,
        lower=lower,
        code=lower.code,
        paper_no=paper_no,
        duties=duties,
    )
    if by.post_as(KEEPERS) is None or not keeps_letter(row, by):
        raise NotAllowed("letter.place", OUTSIDE)
    _check_pair(row)
    row.number = numbering.take("duty_letter", row.region)
    made = rows.create(row, verb="letter.draw_up", by=by, note=note)
    _ask([made], by)
    return made


def _check_pair(row: Letter) -> None:
    """Both in office in the year, the one above the other. Raises everything that is wrong."""
    found: list[DomainError] = []
    for side in SIDES:
        term: Responsibility = getattr(row, side)
        first, last = date(row.year, 1, 1), date(row.year, 12, 31)
        if (
            term.state == "voided"
            or term.starts_on > last
            or (term.ends_on is not None and term.ends_on < first)
        ):
            text = f"{term.called}的{term.capacity.name}任期是 {term.span}，不在 {row.year} 年，不能签订当年的责任书。"
            found.append(RuleBroken("letter.not_in_office", text, field=side))
    if row.upper.region.level >= row.lower.region.level or not row.lower.region_id.startswith(
        row.upper.region.prefix
    ):
        text = f"上级签订人应是{row.lower.region.name}的上级地方的责任人，请重新选择。"
        found.append(RuleBroken("letter.levels", text, field="upper"))
    same = Letter.objects.standing().filter(year=row.year, region=row.region, code=row.code).first()
    if same is not None:
        text = f"{row.region.name} {row.year} 年的责任书已经拟定（{same.number}）。"
        found.append(RuleBroken("letter.twice", text, field="lower"))
    raise_all(found)


@transaction.atomic
def draw_year(*, by: User, year: int, region: Region, paper_no: str = "", note: str = "") -> list[Letter]:
    """拟定全县责任书: every township and village in `region` that has none yet, between the heads in office today.

    Repeated, it draws only those that were lacking. Raises NotAllowed, RuleBroken where there is nothing to draw.
    """
    _check_year(year)
    post = by.post_as(KEEPERS)
    if post is None or not region.code.startswith(post.region.prefix):
        raise NotAllowed("letter.place", OUTSIDE)
    heads = _heads(region)
    known = set(Letter.objects.standing().filter(year=year).values_list("region_id", "code"))
    made = [
        letter for letter in _pairs(heads, year, paper_no) if (letter.region_id, letter.code) not in known
    ]
    if not made:
        text = f"{region.name}的乡镇、村没有可以拟定的责任书：或者都已拟定，或者还没有登记党组织主要负责人。"
        raise RuleBroken("letter.none", text, field="region")
    for letter, number in zip(made, numbering.take_many("duty_letter", region, len(made)), strict=True):
        letter.number = number
    rows.create_many(made, verb="letter.draw_up", by=by)
    _ask(made, by)
    return made


def _heads(region: Region) -> list[Responsibility]:
    """Who heads the party in the region, what it lies in and below it, today."""
    county = Region.objects.get(code=region.county_code())
    heads = Responsibility.objects.on(moment.today()).filter(
        region_under("region_id", county.code), code__in=("party_head", "village_party_head")
    )
    inside = heads.for_list().order_by("region_id")[:MOST]
    return [
        row
        for row in inside
        if row.region_id.startswith(region.prefix) or region.code.startswith(row.region.prefix)
    ]


def _pairs(heads: Iterable[Responsibility], year: int, paper_no: str) -> list[Letter]:
    found = list(heads)
    by_place = {row.region_id: row for row in found if row.code == "party_head"}
    made = []
    for lower in found:
        upper = by_place.get(lower.region.parent_id or "")
        if upper is None or HEAD.get(Level(lower.region.level)) != lower.code:
            continue
        made.append(
            Letter(
                region=lower.region, year=year, upper=upper, lower=lower, code=lower.code, paper_no=paper_no
            )
        )
    return made


def _ask(made: Iterable[Letter], by: User) -> None:
    """Those with an account are told once how many wait for them."""
    waits: dict[User, list[Letter]] = {}
    for letter in made:
        for side in SIDES:
            if (user := getattr(letter, side).user) is not None and user != by:
                waits.setdefault(user, []).append(letter)
    for user, letters in waits.items():
        text = f"有 {len(letters)} 份责任书等您签字。"
        url = letters[0].get_absolute_url() if len(letters) == 1 else "/responsibility-letters/?tab=mine"
        notify.tell([user], f"letter:{letters[0].public_id}", kind="responsibility", text=text, url=url)


@transaction.atomic
def sign(
    letter: Letter, *, by: User, side: str = "", signed_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Letter:  # fmt: skip
    """签字: the person himself today, or the desk that keeps the terms notes the day on the paper.

    Raises NotAllowed; RuleBroken for whoever is not in office on the day.
    """
    row: Letter = LETTER.begin(letter, "sign", by=by, note=note, expected_version=expected_version)
    mine = own_sides(row, by)
    side = side or (mine[0] if mine else "")
    if side not in SIDES:
        raise RuleBroken("letter.side", "请选择是上级还是下级签字。", field="side")
    day = signed_on or moment.today()
    _check_signature(row, by, side, day, mine)
    changes = {f"{side}_signed_on": day, f"{side}_noted_by": by}
    other = row.signed_on("lower" if side == "upper" else "upper")
    changes["state"] = LetterState.SIGNED if other is not None else LetterState.DRAWN
    done: Letter = LETTER.finish(row, "sign", by=by, note=note, changes=changes)
    return done


def _check_signature(row: Letter, by: User, side: str, day: date, mine: list[str]) -> None:
    term: Responsibility = getattr(row, side)
    words = SIDE_WORDS[side]
    if row.signed_on(side) is not None:
        raise RuleBroken("letter.signed", f"{words}已于 {row.signed_on(side)} 签字。", field="side")
    noted = noted_sides(row, by)
    if side not in mine and side not in noted:
        raise NotAllowed("letter.signer", f"{words}应由{term.called}本人签字。")
    if day > moment.today():
        raise RuleBroken("letter.future", "签字日期不能晚于今天。", field="signed_on")
    if side not in noted and day != moment.today():
        raise RuleBroken("letter.own_day", "本人签字以今天为准，签字日期不用填写。", field="signed_on")
    if not term.holds_on(day):
        text = (
            f"{term.called}任{term.place_name}{term.capacity.name}的任期是 {term.span}，"
            f"不能以这一身份在 {day} 签字；已换人的，请作废这份责任书，由现任另行拟定。"
        )
        raise RuleBroken("letter.not_in_office", text, field="signed_on")


@transaction.atomic
def amend(
    letter: Letter, *, by: User, note: str = "", expected_version: int | None = None, **values: str
) -> Letter:
    """修改 of `paper_no` and `duties` before both have signed."""
    row: Letter = LETTER.begin(letter, "amend", by=by, note=note, expected_version=expected_version)
    if (
        any(row.signed_on(side) is not None for side in SIDES)
        and values.get("duties", row.duties) != row.duties
    ):
        raise RuleBroken(
            "letter.being_signed", "已有一方签字，目标任务不能再改；请作废后另行拟定。", field="duties"
        )
    done: Letter = LETTER.finish(row, "amend", by=by, note=note, changes=values)
    return done


@transaction.atomic
def void(letter: Letter, *, by: User, note: str = "", expected_version: int | None = None) -> Letter:
    """作废, with the reason; another may then be drawn up."""
    row: Letter = LETTER.begin(letter, "void", by=by, note=note, expected_version=expected_version)
    done: Letter = LETTER.finish(row, "void", by=by, note=note)
    return done


def last_signed(term: Responsibility) -> date | None:
    """The latest day a standing letter was signed in this capacity."""
    days = [
        day
        for side in SIDES
        for day in Letter.objects.standing()
        .filter(**{side: term})
        .values_list(f"{side}_signed_on", flat=True)
        if day is not None
    ]
    return max(days, default=None)


def late_since(year: int) -> date:
    """The day from which an unsigned letter of the year is late."""
    month = amount("letter_month", date(year, 12, 31)) or 12
    return date(year + month // 12, month % 12 + 1, 1)
