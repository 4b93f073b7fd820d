"""The light of an item that is published: its unit is done, the days run for those who may object."""

from dataclasses import dataclass
from datetime import date

from povertyaudit.core import moment


@dataclass(frozen=True)
class PublishedLight:
    """Until when it is published (`due_on`), and whether an objection waits for its answer. Never 超期: no unit is late."""

    due_on: date
    objected: bool

    @property
    def clock_words(self) -> tuple[str, str]:
        """Tone and words of the clock column."""
        left = (self.due_on - moment.today()).days
        if left < 0:
            return "near", "公示期满，有异议" if self.objected else "公示期满，待销号"
        if self.objected:
            return "near", "公示中，有异议"
        return "calm", f"公示还有 {left} 天" if left else "公示最后一天"
