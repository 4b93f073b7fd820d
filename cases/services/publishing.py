"""Sending bulletins out: to units, to villages by whoever answers for them; receipts; taking back what was corrected."""

from collections.abc import Iterable

from django.db import transaction

from cases.bulletin_querysets import READERS
from cases.models import Bulletin, BulletinChannel, BulletinCopy, BulletinState, CopyState
from cases.services.bulletin_papers import paper_of
from cases.workflow.bulletins import BULLETIN, COPY
from povertyaudit.core import clocks, moment, notify, papers, rows
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Region, Unit, UnitKind, User
from povertyaudit.core.models.places import Level
from povertyaudit.core.papers import Paper

MOST_COPIES = 500
READ_CLOCK = "bulletin.read"


def take_back(old: Bulletin, new: Bulletin, *, by: User) -> None:
    row = rows.lock(old)
    if row.state != BulletinState.ISSUED:
        raise WrongState("issue.corrected", f"{row} 已被另一期更正，不能再更正。")
    rows.write(
        row, verb="bulletin.corrected", by=by, changes={"state": BulletinState.CORRECTED},
        facts={"by_number": new.number},
    )  # fmt: skip
    for copy in BulletinCopy.objects.filter(bulletin=row).exclude(state=CopyState.WITHDRAWN):
        gone = rows.change(copy, verb="bulletincopy.withdraw", by=by, changes={"state": CopyState.WITHDRAWN})
        clocks.stop(gone, READ_CLOCK, moment.today(), verb="bulletincopy.withdraw")
        notify.tell_of(
            gone, User.objects.holding(READERS, unit=gone.unit), f"已被{new.issue_words}更正。", by=by
        )


@transaction.atomic
def distribute(
    bulletin: Bulletin, *, by: User, channel: BulletinChannel, units: Iterable[Unit] = (),
    villages: Iterable[Region] = (), note: str = "", expected_version: int | None = None,
) -> Bulletin:  # fmt: skip
    """发送 to units, and to villages by the unit that answers for them; each gets what its channel writes, once."""
    row = BULLETIN.begin(bulletin, "distribute", by=by, note=note, expected_version=expected_version)
    today = BulletinChannel.objects.of_day(channel, moment.today())
    if today is None:
        raise RuleBroken("distribute.channel", "这个渠道已经停用，请改选。", field="channel")
    wanted = [(unit, unit.region) for unit in units] + [
        (_answers_for(village), village) for village in villages
    ]
    if not wanted or len(wanted) > MOST_COPIES:
        text = f"请选择送达的单位或村，一次不超过 {MOST_COPIES} 个。"
        raise RuleBroken("distribute.nobody", text, field="units")
    there = set(row.copies.filter(channel__code=today.code).values_list("unit", "region"))
    number = row.copies.count()
    done: Bulletin = BULLETIN.finish(row, "distribute", by=by, note=note, facts={"copies": len(wanted)})
    paper = paper_of(done, today.mask)
    for unit, place in dict.fromkeys(wanted):
        if (unit.pk, place.pk) in there:
            continue
        _check_reader(row, unit)
        number += 1
        _send(done, today, unit, place, f"{done.number}-{number:03}", paper, by=by)
    return done


def _answers_for(village: Region) -> Unit:
    """The village's own unit, else that of its township."""
    kinds = ((UnitKind.VILLAGE, village.pk), (UnitKind.TOWNSHIP, village.parent_id))
    for kind, region in kinds:
        found: Unit | None = Unit.objects.current().filter(kind=kind, region_id=region).first()
        if found is not None:
            return found
    raise RuleBroken("distribute.village", f"“{village.name}”没有可以接收的单位，请改选。", field="villages")


def _check_reader(bulletin: Bulletin, unit: Unit) -> None:
    if unit.region_id[:6] != bulletin.region_id[:6] or not User.objects.holding(READERS, unit=unit).exists():
        raise RuleBroken("distribute.unit", f"“{unit.name}”没有可以阅读通报的人员，请改选。", field="units")


def _send(
    bulletin: Bulletin,
    channel: BulletinChannel,
    unit: Unit,
    place: Region,
    number: str,
    paper: Paper,
    *,
    by: User,
) -> None:
    copy = BulletinCopy(
        bulletin=bulletin, channel=channel, unit=unit, region=place, number=number, sent_at=moment.now(),
        sender_region_id=bulletin.region_id,
    )  # fmt: skip
    copy = rows.create(copy, verb="bulletincopy.send", by=by)
    clocks.start(copy, READ_CLOCK, on=moment.today(), owner_unit=unit)
    papers.keep(copy, paper, by=by, kind="bulletin", name=f"{paper.title}{paper.number}")
    notify.tell_of(copy, User.objects.holding(READERS, unit=unit), "通报已送达，请阅读。", by=by)


@transaction.atomic
def read(
    copy: BulletinCopy, *, by: User, note: str = "", expected_version: int | None = None
) -> BulletinCopy:
    """阅读签收: the receipt, by a member of the unit."""
    done: BulletinCopy = COPY.apply(
        copy, "read", by=by, note=note, expected_version=expected_version, read_at=moment.now(), read_by=by
    )
    if not through_another(done):
        clocks.stop(done, READ_CLOCK, moment.today(), verb="bulletincopy.read")
    return done


def through_another(copy: BulletinCopy) -> bool:
    """Sent for a village to another unit than its own: read there, the village has still to be told."""
    return bool(copy.unit.region_id != copy.region_id and copy.region.level == Level.VILLAGE)


@transaction.atomic
def open_copy(copy: BulletinCopy, *, by: User) -> BulletinCopy:
    """Opening is reading: the first member of the unit who opens it leaves the receipt."""
    step = COPY.transitions["read"]
    return read(copy, by=by) if step.offered(copy, by) else copy
