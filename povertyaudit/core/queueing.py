"""Which messages go out by which channel: rows queued in the statements that fill the inbox, for the job to send."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from povertyaudit.core import channels, moment, preferences
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.models import Channel, Delivery, Notification, Post, User
from povertyaudit.core.models.channels import ChannelKind
from povertyaudit.core.models.outbox import DIGEST
from povertyaudit.core.scope import prefix_range

BATCH = 500


def queue(rows: Sequence[Notification]) -> None:
    """A delivery for each of the messages just put into the inbox and each channel that reaches its person."""
    ways = channels.in_use() if rows else []
    if not ways:
        return
    ids = [row.public_id for row in rows]
    kept = dict(Notification.objects.filter(public_id__in=ids).values_list("public_id", "pk"))
    people = _people({row.user_id for row in rows})
    calendar, now = NationalCalendar(), moment.now()
    made = [
        Delivery(
            notification_id=kept[row.public_id], channel=channel, user_id=row.user_id, group=group, created_at=now,
            next_at=preferences.wake(
                now, person.preference if channel.personal else preferences.USUAL, calendar,
                preferences.last_day_of(row.kind, row.created_at),
            ),
        )
        for row in rows
        if row.public_id in kept and (person := people.get(row.user_id))
        for channel in ways
        if person.is_reached(channel, row.kind, group := preferences.group_of(row.kind))
    ]  # fmt: skip
    Delivery.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    if any(row.next_at <= now for row in made):
        channels.soon()


@dataclass
class Recipient:
    """A person as channels see him: address, choices, units and where they lie."""

    email: str
    preference: Any
    units: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def is_reached(self, channel: Channel, kind: str, group: str) -> bool:
        """Whether a message of this kind goes to him by this channel."""
        medium = preferences.medium_of(channel)
        if kind == DIGEST:
            wanted = medium == preferences.MAIL
        elif self.preference.digest and medium == preferences.MAIL and kind != preferences.LAST_DAY:
            wanted = False  # the day's letter counts it
        else:
            wanted = preferences.wants(self.preference, group, medium)
        return wanted and self.could_be_reached(channel)

    def could_be_reached(self, channel: Channel) -> bool:
        if channel.kind == ChannelKind.MAIL and not self.email:
            return False
        return channel.unit_id in self.units if channel.unit_id else self._lies_in(channel.region_id)

    def _lies_in(self, region: str) -> bool:
        low, high = prefix_range(region)
        return any(low <= place < high for place in self.places)


def media_for(user: User) -> list[str]:
    """By which media something could reach this person now: mail, push."""
    person = _people({user.pk})[user.pk]
    found = {preferences.medium_of(way) for way in channels.in_use() if person.could_be_reached(way)}
    return [medium for medium in preferences.MEDIA if medium in found]


def _people(ids: set[int]) -> dict[int, Recipient]:
    """Two queries: the accounts with their choices, the posts they hold today."""
    found = {
        user.pk: Recipient(user.email, getattr(user, "notice_preference", None) or preferences.USUAL)
        for user in User.objects.filter(pk__in=ids).select_related("notice_preference")
    }
    posts = Post.objects.current().filter(user_id__in=ids)
    for user_id, unit_id, region in posts.values_list("user_id", "unit_id", "unit__region_id"):
        found[user_id].units.add(unit_id)
        found[user_id].places.add(region)
    return found
