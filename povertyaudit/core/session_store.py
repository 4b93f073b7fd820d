"""The sessions of the pages (SESSION_ENGINE): Django's own in the database, with the account in a column and the key
as a digest — a copy of the database opens nobody's session. See docs/decisions/009-sign-ins.md."""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils.dateparse import parse_datetime

from povertyaudit.core import moment
from povertyaudit.core.models import UserSession

SEEN_EVERY = timedelta(minutes=1)  # a page that is only read writes nothing in between
DOOR = "door"  # what the session remembers of its sign-in: {"device", "ip", "at"}


def digest(key: str | None) -> str:
    """How the key of a cookie stands in the table."""
    return hashlib.sha256((key or "").encode()).hexdigest()


class SessionStore(db.SessionStore):
    """As Django documents it under "Extending database-backed session engines"."""

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def _get_session_from_db(self) -> UserSession | None:
        found = UserSession.objects.filter(session_key=digest(self.session_key), expire_date__gt=moment.now())
        row: UserSession | None = found.first()
        if row is None:
            self._session_key = None
        elif row.seen_at < moment.now() - SEEN_EVERY:
            self.modified = True  # so that it is saved with this request and runs from this click
        return row

    def exists(self, session_key: str) -> bool:
        return UserSession.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        """The row of this session as it is now: seen this moment."""
        row: Any = super().create_model_instance(data)
        door = data.get(DOOR, {})
        row.session_key = digest(row.session_key)
        row.expire_date = self.get_expiry_date(modification=moment.now())
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.device, row.ip = door.get("device", ""), door.get("ip")
        row.started_at = (parse_datetime(door["at"]) if door.get("at") else None) or moment.now()
        return row  # type: ignore[no-any-return]

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            UserSession.objects.filter(session_key=digest(key)).delete()
