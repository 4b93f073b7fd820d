"""The rankings and the progress of the last weeks, as the clock of those Mondays kept them."""

from datetime import datetime, time, timedelta

from funds.services import weeks as progress
from povertyaudit.core import moment
from povertyaudit.demo.timeline import COUNTY_TIME
from rectification.services import ranking

WEEKS, PROGRESS_WEEKS = 4, 13


def make() -> None:
    """This Monday's and those of the weeks before, the oldest first: how long a unit was last is counted on."""
    this = ranking.monday(moment.today())
    for weeks in range(WEEKS - 1, -1, -1):
        day = this - timedelta(days=7 * weeks)
        with moment.pretend(datetime.combine(day, time(6, 10), COUNTY_TIME)):
            ranking.freeze(day)
    for weeks in range(PROGRESS_WEEKS - 1, -1, -1):
        day = this - timedelta(days=7 * weeks)
        with moment.pretend(datetime.combine(day, time(6, 20), COUNTY_TIME)):
            progress.freeze(day)
