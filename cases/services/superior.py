"""属上级管辖的检举控告: registered as a slip, sent up within five working days (#1). No function here takes a word of content."""

from datetime import date

from django.db import transaction

from cases.models import SuperiorReceipt
from cases.roles import DESK
from cases.services.checking import check_day
from cases.workflow import SUPERIOR
from povertyaudit.core import clocks, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Post, Region, Role, User

CLOCK = "lead.send_up"


@transaction.atomic
def receive_for_superior(*, by: User, received_on: date) -> SuperiorReceipt:
    """登记收到: our slip number and the day, nothing else. Starts the clock. Raises NotAllowed, RuleBroken."""
    post = by.post_as(DESK)
    if post is None:
        raise NotAllowed("superior.role", "上级管辖件由信访室和案管室登记。")
    check_day(received_on, "received_on", code="superior.received", what="收到日期")
    body = Region.objects.get(code=post.region.county_code())
    row = SuperiorReceipt(
        region=body, received_on=received_on, registering_unit=post.unit, registered_by=by,
        number=numbering.take("superior_receipt", body),
    )  # fmt: skip
    row = rows.create(row, verb="superior_receipt.receive", by=by)
    clocks.start(
        row, CLOCK, on=received_on, event="收到检举控告", owner_unit=post.unit, leader_user=_head_of(body)
    )
    return row


def _head_of(body: Region) -> User | None:
    head = Post.objects.current().filter(role=Role.SECRETARY, region=body).select_related("user").first()
    return head.user if head else None


@transaction.atomic
def send_up(
    row: SuperiorReceipt, *, by: User, sent_on: date | None = None, superior_receipt: str = "",
    expected_version: int | None = None,
) -> SuperiorReceipt:  # fmt: skip
    """登记报送 to the superior body on `sent_on` (today). Stops the clock on that day."""
    slip = SUPERIOR.begin(row, "send_up", by=by, expected_version=expected_version)
    day = sent_on or moment.today()
    check_day(
        day, "sent_on", code="superior.sent", what="报送日期", since=slip.received_on, since_what="收到日期"
    )
    changes = {"sent_on": day, "sent_by": by, "superior_receipt": superior_receipt}
    done: SuperiorReceipt = SUPERIOR.finish(slip, "send_up", by=by, changes=changes)
    clocks.stop(done, CLOCK, day, "superior_receipt.send_up")
    return done


def record_receipt(
    row: SuperiorReceipt, *, by: User, superior_receipt: str, expected_version: int | None = None
) -> SuperiorReceipt:
    """登记上级回执 that came later than the sending."""
    if not superior_receipt:
        raise RuleBroken("superior.receipt", "请填写上级回执号。", field="superior_receipt")
    done: SuperiorReceipt = SUPERIOR.apply(
        row, "record_receipt", by=by, expected_version=expected_version, superior_receipt=superior_receipt
    )
    return done
