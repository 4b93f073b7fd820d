"""Joint meetings: one all done, one under way with a resolution overdue and one done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cases import services
from cases.models import Meeting, Resolution
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

BODIES = "县委组织部、县公安局、县检察院、县审计局、县财政局、县民政局、县教育局、县乡村振兴局、县信访局等 18 家单位"


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [past(cast, diary), under_way(cast, diary)]


def hold(cast: Cast, title: str, decided: tuple[tuple[str, str, int], ...]) -> Meeting:
    day = moment.today()
    found: list[dict[str, Any]] = [
        {"text": text, "unit": cast.units[unit], "due_day": day + timedelta(days=days)}
        for text, unit, days in decided
    ]
    return services.record_meeting(
        by=cast.casemgr, title=title, held_on=day, chair="县纪委书记", bodies=BODIES, resolutions=found,
        text="通报上阶段线索移送和办理情况，研究解决移送不及时、反馈不规范的问题。",
    )  # fmt: skip


def report(cast: Cast, row: Resolution, text: str) -> None:
    services.finish_resolution(row, by=cast.casemgr, done_text=text)


def past(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(130)
    row = hold(
        cast,
        "扶贫领域监督执纪问责第二次联席会议",
        (("建立线索移送联络员名单，报县纪委监委备案。", "县财政局", 30),),
    )
    yield diary.ago(105)
    report(cast, Resolution.objects.get(meeting=row), "联络员名单已报。")


def under_way(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(32)
    row = hold(cast, "扶贫领域监督执纪问责第三次联席会议", (
        ("核对低保在册人员与死亡人员信息，逐户清退。", "县民政局", 20),
        ("清理“一卡通”代发账户，公示发放清单。", "县财政局", 60),
        ("梳理信访积案中涉及扶贫领域的线索并移送。", "信访室", 25),
    ))  # fmt: skip
    yield diary.ago(12)
    report(
        cast,
        Resolution.objects.get(meeting=row, unit=cast.units["信访室"]),
        "梳理积案 14 件，移送线索 3 件。",
    )
