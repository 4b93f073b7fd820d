"""Where leads came from; and what belongs to the superior: slips sent up in time, one late, one that waits, one without the superior's receipt yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cases import services
from cases.models import Channel
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

# Days before today: received, sent up, receipt recorded.
SLIPS = ((210, 207, 200), (96, 86, 80), (9, 6, None), (2, None, None))


def came(channel: str, town: str) -> dict[str, Any]:
    """What the channel asks, as the desk would write it on the day."""
    today, number = moment.today(), moment.today().timetuple().tm_yday
    before, year, clock = today - timedelta(days=2), today.year, f"{9 + number % 8:02}:{number % 6}0"
    said: dict[str, dict[str, Any]] = {
        Channel.LETTER: {"source_on": before},
        Channel.VISIT: {"source_count": 1 + number % 4, "source_at": clock},
        Channel.CALL: {"source_at": clock},
        Channel.WEB: {"source_number": f"WJ{today:%Y%m%d}"},
        Channel.SMS: {"source_at": clock},
        Channel.PLATFORM: {"source_name": "“互联网+监督”平台", "source_number": f"HJ-{today:%m%d}"},
        Channel.DROP_BOX: {"source_place": f"{town}政务服务中心", "source_on": today},
        Channel.MARKET_DAY: {"source_place": f"{town}集市", "source_on": today},
        Channel.HOTLINE: {"source_at": clock},
        Channel.SUPERIOR: {
            "source_name": "市纪委监委信访室", "source_number": f"澄信转〔{year}〕{number}号", "source_on": before,
            "result_wanted": True,
        },
        Channel.INSPECTION: {
            "source_name": "市委第二巡察组", "source_topic": "市委第六轮巡察", "source_number": f"清单〔{year}〕2号",
        },
        Channel.HANDOVER: {
            "source_name": "县审计局", "source_number": f"审移〔{year}〕{number}号", "source_on": before,
        },
        Channel.OWN_DISCOVERY: {"source_topic": "惠民惠农补贴“一卡通”专项检查"},
        Channel.DATA_MATCH: {"source_number": f"{today:%Y-%m}", "source_topic": "公职人员及亲属与低保名单比对"},
        Channel.MEDIA: {
            "source_name": "澄江晚报", "source_on": before, "source_link": "澄江晚报客户端“民生”栏",
        },
        Channel.SELF_REPORT: {"source_on": today, "source_place": "县纪委监委谈话室"},
        Channel.INSTRUCTION: {"source_name": "县委主要负责同志", "source_on": before},
    }  # fmt: skip
    return said[channel]


def slip(
    cast: Cast, diary: Diary, days: tuple[int, int | None, int | None], prefix: str = ""
) -> Iterator[datetime]:
    """One slip from its receipt on."""
    received, sent, receipted = days
    yield diary.on(diary.today - timedelta(days=received))
    desk = cast.users[f"{prefix}petition"]
    row = services.receive_for_superior(by=desk, received_on=moment.today())
    if sent is None:
        return
    yield diary.on(diary.today - timedelta(days=sent))
    row = services.send_up(row, by=desk)
    if receipted is None:
        return
    yield diary.on(diary.today - timedelta(days=receipted))
    number = f"澄信收〔{moment.today().year}〕{diary.random.randint(10, 400)}号"
    services.record_receipt(row, by=desk, superior_receipt=number)


def slips(ours: Cast, theirs: Cast, diary: Diary) -> Iterator[Iterator[datetime]]:
    """Those of both counties."""
    for days in SLIPS:
        yield slip(ours, diary, days)
    yield slip(theirs, diary, SLIPS[-1], prefix="neighbour")
