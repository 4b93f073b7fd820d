"""发送到全部村: every village of a county or a township in one act and a handful of queries; what was told in a village.

A village gets it through its own unit where somebody there can read it, else through its township, which then says when
and how the village was told, with a photo.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cases.bulletin_querysets import READERS
from cases.models import Bulletin, BulletinChannel, BulletinCopy, CopyState
from cases.services.bulletin_papers import paper_of
from cases.services.publishing import READ_CLOCK
from cases.workflow.bulletins import BULLETIN, COPY
from povertyaudit.core import clocks, files, moment, notify, papers, rows
from povertyaudit.core.clock_batches import ClockBatch
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Notification, Post, Region, Unit, UnitKind, User
from povertyaudit.core.models.places import Level
from povertyaudit.core.scope import prefix_of, region_under

NAMED = 3  # villages named in a refusal
PHOTO = "posted"
Wanted = list[tuple[Region, Unit]]


@transaction.atomic
def send_to_villages(
    bulletin: Bulletin, *, by: User, channel: BulletinChannel, region: Region, note: str = "",
    expected_version: int | None = None,
) -> Bulletin:  # fmt: skip
    """发送到全部村 of a county or a township; those it was sent to through this channel before are left out.

    Raises RuleBroken where a village has nobody to receive it, or none is left.
    """
    row = BULLETIN.begin(bulletin, "send_to_villages", by=by, note=note, expected_version=expected_version)
    today = BulletinChannel.objects.of_day(channel, moment.today())
    if today is None:
        raise RuleBroken("distribute.channel", "这个渠道已经停用，请改选。", field="channel")
    if region.level not in {Level.COUNTY, Level.TOWNSHIP} or not region.code.startswith(
        prefix_of(row.region_id)
    ):
        raise RuleBroken("villages.region", "请选择本县，或者本县的一个乡镇。", field="region")
    wanted = _wanted(row, today, region)
    made = _made(row, wanted, today, by)
    done: Bulletin = BULLETIN.finish(
        row, "send_to_villages", by=by, note=note, facts={"copies": len(made), "region": region.code}
    )
    _tell(done, made)
    return done


def _wanted(row: Bulletin, channel: BulletinChannel, region: Region) -> Wanted:
    """Each village that has no copy yet, with the unit that receives it. Three questions for a county."""
    there = row.copies.filter(channel__code=channel.code).values("region")
    found = Region.objects.current().filter(region_under("code", region.code), level=Level.VILLAGE)
    villages = list(found.exclude(pk__in=there).order_by("code"))
    if not villages:
        raise RuleBroken("villages.none", "这里的村都已经发送过，或者没有村。", field="region")
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    reading = Post.objects.current().filter(role__in=READERS, user__is_active=True).values("unit")
    here = region_under("region_id", region.code[:6].ljust(12, "0"))
    units = Unit.objects.current().filter(here, kind__in=kinds, pk__in=reading)
    by_place: dict[str, Unit] = {}
    for unit in units.order_by("-pk"):
        by_place[unit.region_id] = unit
    wanted = [
        (village, by_place.get(village.pk) or by_place.get(str(village.parent_id))) for village in villages
    ]
    lost = [village.name for village, unit in wanted if unit is None]
    if lost:
        names = "、".join(lost[:NAMED])
        text = (
            f"“{names}”{f'等 {len(lost)} 个村' if len(lost) > NAMED else ''}和所在乡镇都没有可以接收的人员。"
        )
        raise RuleBroken("villages.nobody", text, field="region")
    return [(village, unit) for village, unit in wanted if unit is not None]


def _made(row: Bulletin, wanted: Wanted, channel: BulletinChannel, by: User) -> Sequence[BulletinCopy]:
    paper = paper_of(row, channel.mask)
    content, first = papers.docx_of(paper), row.copies.count() + 1
    now = moment.now()
    fresh = [
        BulletinCopy(
            bulletin=row, channel=channel, unit=unit, region=village, number=f"{row.number}-{at:03}", sent_at=now,
            sender_region=row.region,
        )
        for at, (village, unit) in enumerate(wanted, first)
    ]  # fmt: skip
    name, digest = f"{paper.title}{paper.number}", hashlib.sha256(content).hexdigest()

    def file(copy: BulletinCopy) -> list[Attachment]:
        return [files.made(copy, content, f"{name}.docx", digest, by=by, kind="bulletin", title=name)]

    made = rows.create_many(fresh, verb="bulletincopy.send", by=by, below=(file,))
    batch = ClockBatch(READ_CLOCK)
    pattern = batch.of(row.region_id, moment.today())
    batch.start([(copy, pattern, {"owner_unit": copy.unit}) for copy in made])
    return made


def _tell(done: Bulletin, made: Sequence[BulletinCopy]) -> None:
    """One sentence for each reader, however many villages his unit receives it for."""
    of_unit: dict[int, int] = defaultdict(int)
    for copy in made:
        of_unit[copy.unit_id] += 1
    posts = Post.objects.current().filter(
        role__in=READERS, unit__in=of_unit, user__is_active=True, user__is_service=False
    )
    key = f"bulletin.villages:{done._last_entry.public_id}"  # type: ignore[attr-defined]
    counts: dict[int, int] = defaultdict(int)
    for user, unit in posts.values_list("user", "unit").distinct():
        counts[user] += of_unit[unit]
    notify.put([
        Notification(
            user_id=user, key=key, kind="bulletin", number="", created_at=moment.now(), url="/bulletin-copies/?tab=mine",
            text=f"通报已送达 {count} 个村，请阅读；没有账号的村，请传达后登记。",
        )
        for user, count in counts.items()
    ])  # fmt: skip


@transaction.atomic
def post_up(
    copy: BulletinCopy, *, by: User, way: str, photo: UploadedFile, posted_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> BulletinCopy:  # fmt: skip
    """登记村内传达: read out at a meeting, or put up on the notice board of the village, on which day, with a photo.

    By a member of the unit that received it; it is then read too. Raises RuleBroken.
    """
    row = COPY.begin(copy, "post_up", by=by, note=note, expected_version=expected_version)
    day = posted_on or moment.today()
    if not moment.day_of(row.sent_at) <= day <= moment.today():
        text = f"传达日期应在送达之日 {moment.day_of(row.sent_at)} 至今天之间。"
        raise RuleBroken("post_up.day", text, field="posted_on")
    if way not in BulletinCopy.Way.values:
        raise RuleBroken("post_up.way", "请选择会议传达还是张贴。", field="way")
    kept = files.prepare(row, photo, by=by, kind=PHOTO, title="传达照片")
    if not kept.is_image:
        raise RuleBroken("post_up.photo", "请上传会议或者公开栏的照片。", field="photo")
    changes = {
        "posted_on": day, "posted_way": way, "posted_by": by, "state": CopyState.READ, "read_at": row.read_at or moment.now(),
        "read_by": row.read_by or by,
    }  # fmt: skip
    done: BulletinCopy = COPY.finish(
        row, "post_up", by=by, note=note, changes=changes, saved=[kept], facts={"files": [kept.sha256]}
    )
    clocks.stop(done, READ_CLOCK, moment.today(), verb="bulletincopy.post_up")
    return done
