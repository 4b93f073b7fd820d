"""The open sessions of an account. Sessions live half an hour, so there are never many to look through."""

from django.contrib.sessions.models import Session

from povertyaudit.core import moment
from povertyaudit.core.models import User


def _of(user: User) -> list[Session]:
    open_now = Session.objects.filter(expire_date__gt=moment.now()).iterator()
    return [session for session in open_now if session.get_decoded().get("_auth_user_id") == str(user.pk)]


def count_of(user: User) -> int:
    """How many sessions of the account are open."""
    return len(_of(user))


def end_others(user: User, keep: str) -> int:
    """End every session of the account but the one with key `keep`; how many were ended."""
    others = [session.session_key for session in _of(user) if session.session_key != keep]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)
