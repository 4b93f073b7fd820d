"""Registers of the demonstration: two years of the poor with their marks, and one of subsistence payments with a few bad lines."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from funds.models import Register, RegisterKind
from funds.services import register_loading, register_upload, registers
from povertyaudit.core import jobs, moment
from povertyaudit.core.idnumbers import check_character
from povertyaudit.core.models import Job, Region, User
from povertyaudit.core.models.jobs import JobState
from povertyaudit.demo.people import Cast

PEOPLE = 300
SURNAMES, GIVEN = "陶邓万雷孟康莫倪滕牧", "有田水生大柱金凤满仓木兰春苗"
HEAD = "村代码,户编号,姓名,与户主关系,身份证号,账号,金额,吃,穿,义务教育,基本医疗,住房安全,饮水安全,脱贫状态"
YES = ["是"] * 6


def make(cast: Cast) -> None:
    """Loaded through the verbs, as the desks do it; the neighbouring county has none."""
    villages = cast.places.villages[:40]
    year = moment.today().year - 1
    for number, ends in enumerate((year - 1, year)):
        text = "\n".join([HEAD, *_poor(villages, number)])
        _load(cast.users["casemgr"], "POOR", date(ends, 12, 31), text)
    text = "\n".join([HEAD, *_subsistence(villages)])
    _load(cast.users["finance"], "SUBSISTENCE", moment.today() - timedelta(days=30), text)


def _people(villages: tuple[Region, ...], seed: int) -> Iterator[list[str]]:
    """Village, household, name, relation, number: households of three."""
    chance = Random(seed)  # noqa: S311 — a story, not a secret
    for at in range(PEOPLE):
        village = villages[at * len(villages) // PEOPLE].code
        day = date(1946, 3, 5) + timedelta(days=at * 67)
        places = f"990101{day:%Y%m%d}{chance.randrange(1000):03}"
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        yield [
            village, f"{village[6:]}{at // 3:04}", name, "成员" if at % 3 else "户主", places + check_character(places)
        ]  # fmt: skip


def _poor(villages: tuple[Region, ...], later: int) -> Iterator[str]:
    """In the later year more are out of poverty, one fell back, two lost a need that was met."""
    for at, person in enumerate(_people(villages, 1)):
        house = at // 3
        marks = [*YES, "稳定脱贫" if house % 3 and later else "脱贫" if house % 7 else "未脱贫"]
        if later and house in {8, 31}:
            marks[4 if house == 8 else 5] = "否"
        if later and house == 45:
            marks[6] = "返贫"
        yield ",".join([*person, "", "", *(marks if person[3] == "户主" else [""] * 7)])


def _subsistence(villages: tuple[Region, ...]) -> Iterator[str]:
    """Some of the same people, paid each month; three lines as they come from a desk in a hurry."""
    for at, person in enumerate(_people(villages, 1)):
        if at in {60, 61}:
            person[4] = person[4][:-1] + ("2" if person[4][-1] != "2" else "3")
        if at == 62:
            person[0] = "990102101201"
        yield ",".join([*person, f"62220000{at:08}", f"{260 + at % 9 * 40}.00", *[""] * 7])


def _load(by: User, kind: str, as_of: date, text: str) -> Register:
    register = register_upload.upload(
        by=by, kind=RegisterKind.objects.get(code=kind), as_of=as_of,
        file=SimpleUploadedFile(f"{kind.lower()}-{as_of:%Y%m%d}.csv", text.encode()),
    )  # fmt: skip
    lease = jobs.claim(Job.objects.get(key=registers.job_key(register)).pk, from_others=True)
    if lease is not None:
        counts = register_loading.work(lease.job.payload, lease)
        lease.finish(state=JobState.DONE, finished_at=moment.now(), result=counts)
    return register
