"""日历订阅: made, ended, recognised. The link is shown once; a new password ends it as it ends everything else."""

import hashlib
import secrets

from django.db import transaction
from django.utils.crypto import constant_time_compare

from povertyaudit.core import audit, moment
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Workflow
from povertyaudit.reporting.models import CalendarLink

LINK = Workflow(
    "calendarlink", "日历订阅", (), others={"make": "生成日历订阅链接", "revoke": "停用日历订阅链接"}
)


@transaction.atomic
def make(*, by: User) -> str:
    """A new secret; the one before no longer opens anything."""
    secret = secrets.token_urlsafe(32)
    CalendarLink.objects.update_or_create(
        user=by,
        defaults={"digest": _digest(secret), "stamp": _stamp(by), "made_at": moment.now(), "read_on": None},
    )
    audit.record("calendarlink.make", by, by=by)
    return secret


@transaction.atomic
def revoke(*, by: User) -> bool:
    """End the link; False where there was none."""
    ended = CalendarLink.objects.filter(user=by).delete()[0]
    if ended:
        audit.record("calendarlink.revoke", by, by=by)
    return bool(ended)


def standing(user: User) -> CalendarLink | None:
    return CalendarLink.objects.filter(user=user).first()


def user_of(secret: str) -> User | None:
    """Whose link it is; None where it is unknown, ended, older than the password, or its owner holds no post today."""
    found = CalendarLink.objects.select_related("user__person").filter(
        digest=_digest(secret), user__is_active=True
    ).first()  # fmt: skip
    if found is None or not constant_time_compare(found.stamp, _stamp(found.user)):
        return None
    if not found.user.current_posts() or found.user.must_change_password:
        return None
    if found.read_on != moment.today():
        CalendarLink.objects.filter(pk=found.pk).update(read_on=moment.today())
    return found.user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _stamp(user: User) -> str:
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()
