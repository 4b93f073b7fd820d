"""Letters beside the inbox: send what waits, a few at a time. Off until the operator switches them on."""

from typing import Any

from django.core.mail import EmailMessage, get_connection

from povertyaudit.core import moment
from povertyaudit.core.jobs import Lease
from povertyaudit.core.models import Notification
from povertyaudit.core.models.outbox import MailState

BATCH = 50
SUBJECT = "扶贫监督台账：您有一条新消息"


def waiting() -> bool:
    """True when a letter is still to be sent."""
    return bool(Notification.objects.filter(mail_state=MailState.QUEUED).exists())


def job(_payload: dict[str, Any], lease: Lease) -> dict[str, Any]:
    """Job handler: send every letter that waits. Killed between sending and marking, one letter may go out twice."""
    sent, post = 0, get_connection()
    while True:
        rows = Notification.objects.filter(mail_state=MailState.QUEUED).select_related("user").order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return {"sent": sent}
        lease.renew()
        for message in batch:
            _send(message, post)
            sent += 1


def _send(message: Notification, post: Any) -> None:
    address = message.user.email if message.user.is_active else ""
    state = MailState.FAILED
    if address:
        EmailMessage(SUBJECT, message.text, to=[address], connection=post).send()
        state = MailState.SENT
    Notification.objects.filter(pk=message.pk, mail_state=MailState.QUEUED).update(
        mail_state=state, mailed_at=moment.now()
    )
