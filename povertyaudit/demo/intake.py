"""What belongs to the superior: slips sent up in time, one late, one that waits, one without the superior's receipt yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cases import services
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

# Days before today: received, sent up, receipt recorded.
SLIPS = ((210, 207, 200), (96, 86, 80), (9, 6, None), (2, None, None))


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
