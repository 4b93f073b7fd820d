"""A holiday notice that moves the clock of an item moves the item's own date, on the record."""

from datetime import UTC, date, datetime

from povertyaudit.core import audit, clocks, holiday_notice, moment
from povertyaudit.core.verify import verify
from rectification import services
from tests.core.test_calendars import notice
from tests.rectification import makers


def test_the_items_date_follows_its_clock(cast):
    with moment.pretend(datetime(2026, 8, 8, 2, tzinfo=UTC)):
        item = makers.draft(cast, due_on=None)
        services.issue(item, by=cast.inspector1)
    item = makers.again(item)
    assert item.due_on == date(2027, 2, 11)  # six months end within the statutory days of the Spring Festival
    loaded = holiday_notice.load(notice(), by=None)
    item = makers.again(item)
    assert item.due_on == date(2027, 2, 15)
    assert [str(move) for move in loaded.moved] == [f"{item.number} 集中整改：2027-02-11 → 2027-02-15"]
    rectify = next(c for c in clocks.clocks_of(item) if c.code == "item.rectify")
    assert rectify.due_on == item.due_on
    entry = audit.history(item).first()
    assert (entry.verb, entry.actor_name) == ("item.calendar", "系统")
    assert entry.changes["due_on"] == ["2027-02-11", "2027-02-15"]
    assert verify().broken == []
