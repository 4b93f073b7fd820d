"""日历订阅: the dates of 我的工作 and the swapped working days, as iCalendar (RFC 5545), by a secret link.

What leaves is what messages carry: number, the act that waits, the date, and a link where SITE_URL is set. Never a title.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from povertyaudit import desk
from povertyaudit.core import moment
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.models import User
from povertyaudit.core.views import Page
from povertyaudit.reporting.services import calendar_links

AHEAD = 120  # days of the working calendar
SATURDAY = 5
WIDTH = 74  # bytes of a line


def feed(user: User) -> str:
    """The whole calendar of a person."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//povertyaudit//zh", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:监督台账期限", "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        *(line for event in (*_dates(user), *_working_days()) for line in event), "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _dates(user: User) -> Iterator[list[str]]:
    """Each date of 我的工作 once: number and act."""
    for one in desk.dated(desk.sections(user)):
        entry = one.entry
        words = f"{_number(entry)} {entry.what}到期" if entry.what else f"{_number(entry)} 到期"
        url = f"{settings.SITE_URL}{entry.url}" if settings.SITE_URL else ""
        yield _event(one.due_on, words, key=entry.url, url=url)


def _number(entry: Any) -> str:
    return str(getattr(entry.state, "number", "") or "未编号事项")


def _working_days() -> Iterator[list[str]]:
    """Days off in the week and swapped working days: those a calendar program does not know."""
    calendar, today = NationalCalendar(), moment.today()
    for ahead in range(AHEAD):
        day = calendar.day(today + timedelta(days=ahead))
        if day.reason and day.works == (day.on.weekday() >= SATURDAY):
            yield _event(day.on, day.reason, key=f"day:{day.on}")


def _event(day: date, words: str, *, key: str, url: str = "") -> list[str]:
    uid = hashlib.sha256(f"{key}:{day}".encode()).hexdigest()[:32]
    stamp = moment.now().astimezone(UTC)
    return [
        "BEGIN:VEVENT", f"UID:{uid}@povertyaudit", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(words)}", *([f"URL:{url}"] if url else []), "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", " ")


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 bytes, a character never cut in two."""
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > WIDTH:
            yield part
            part, size = " ", 1
        part, size = part + char, size + width
    yield part


class MyCalendar(Page, TemplateView):
    """The own link: made, shown once, ended."""

    template_name = "reporting/calendar_link.html"
    title, parent = "日历订阅", ("我的账号", "/account/")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "revoke":
            calendar_links.revoke(by=self.user)
            return self.render_to_response(self.get_context_data(ended=True))
        secret = calendar_links.make(by=self.user)
        return self.render_to_response(
            self.get_context_data(address=request.build_absolute_uri(f"/calendar-feed/{secret}.ics"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(link=calendar_links.standing(self.user), **kwargs)


@method_decorator([login_not_required, never_cache], name="dispatch")
class CalendarFeed(View):
    """Whoever holds the link reads the dates of its owner, and nothing else."""

    http_method_names = ["get", "head"]  # noqa: RUF012 — Django's own shape

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        user = calendar_links.user_of(secret)
        if user is None:
            raise Http404
        headers = {
            "Content-Disposition": 'inline; filename="calendar.ics"',
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(feed(user), content_type="text/calendar; charset=utf-8", headers=headers)
