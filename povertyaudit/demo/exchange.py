"""The registry's own books: batches from above and offices that assist."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cases import services
from cases.models import Batch, Channel, Lead
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [
        whole_batch(cast, diary),
        done_batch(cast, diary),
        half_batch(cast, diary),
        assistance(cast, diary),
    ]


def receive(cast: Cast, title: str, sender: str, promised: int, days: int) -> Batch:
    today = moment.today()
    return services.receive(
        by=cast.casemgr, title=title, sender=sender, sender_number=f"移交〔{today.year}〕{promised} 号", received_on=today,
        promised=promised, deadline=today + timedelta(days=days),
    )  # fmt: skip


def fill(cast: Cast, batch: Batch, leads: Any) -> None:
    for lead in leads:
        services.join_batch(lead, by=cast.casemgr, batch=batch)


def whole_batch(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """What a higher inspection handed over, followed to the last lead."""
    yield diary.ago(299)
    leads = Lead.objects.filter(channel=Channel.INSPECTION).order_by("pk")
    batch = receive(cast, "市委巡察移交问题线索", "市委巡察工作领导小组办公室", leads.count(), 290)
    fill(cast, batch, leads)
    yield diary.ago(4)
    if not batch.leads.open().exists():
        services.close_batch(
            Batch.objects.get(pk=batch.pk), by=cast.casemgr, note="全部办结，已报市委巡察办。"
        )


def done_batch(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Three leads, all done: only the registry has not yet closed it."""
    yield diary.ago(120)
    batch = receive(cast, "省民政厅核查反馈问题线索", "市纪委监委案管室", 3, 110)
    yield diary.ago(9)
    done = Lead.objects.filter(
        state="concluded", batch=None, kind="complaint", region__code__startswith="990101"
    )
    fill(cast, batch, done.order_by("-received_on", "-pk")[:3])


def half_batch(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """A superior's batch of which some are done, some are open and two have not come yet."""
    yield diary.ago(26)
    batch = receive(cast, "市纪委监委交办惠民惠农资金“一卡通”问题线索", "市纪委监委案管室", 10, 40)
    yield diary.ago(3)
    here = Lead.objects.filter(batch=None, kind="complaint", region__code__startswith="990101").order_by(
        "-pk"
    )
    fill(
        cast,
        batch,
        [*here.filter(state="concluded")[3:7], *here.filter(state__in=("in_step", "signed_for"))[:4]],
    )


def assistance(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two offices assist with a verification; one has answered."""
    yield diary.ago(6)
    leads = Lead.objects.filter(
        state="in_step", acting_unit=cast.units["第一监督检查室"], handling_unit=cast.units["第一监督检查室"]
    )
    lead = leads.order_by("pk")[0]
    units = [cast.units["第二监督检查室"], cast.units["审查调查室"]]
    services.ask_assist(
        lead, by=cast.casemgr, assisting_units=units, note="请协助调取项目资料和相关人员银行流水。"
    )
    yield diary.ago(2)
    row = Lead.objects.get(pk=lead.pk)
    services.give_assistance(row, by=cast.inspector3, result="已调取项目立项、验收资料，随附清单。")
