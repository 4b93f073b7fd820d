"""What the morning's ladder says to whom. A reminder of the same date on the same morning is not sent beside it."""

from collections.abc import Sequence
from datetime import date

from povertyaudit.core import moment, notify
from povertyaudit.core.deadlines import stage
from povertyaudit.core.models import Clock, Notification
from povertyaudit.core.models.ladder import Told
from rectification.models import Item
from rectification.models.escalation import Escalation, EscalationState, Holder
from rectification.services.escalation_people import Circle, Named
from rectification.services.lateness import REVIEW_CLOCK, VERIFY_CLOCK

KIND = "press"
ABOVE = (Told.LEADER, Told.SECRETARY)
CODES = {Holder.MAIN: "item.rectify", Holder.LEAD: REVIEW_CLOCK, Holder.BODY: VERIFY_CLOCK}
ASKED = {
    EscalationState.DRAFTED: "待签发",
    EscalationState.PROPOSED: "待决定",
    EscalationState.AGREED: "已决定，待办理",
}


class Messages:
    """Messages of a batch. `due`: (item, code of the rule) → the running date."""

    def __init__(self, items: Sequence[Item], day: date) -> None:
        self.day, self.circle = day, Circle(items)
        clocks = Clock.objects.running().filter(target_label=Item._meta.label_lower)
        found = clocks.filter(target_id__in=[item.pk for item in items], code__in=CODES.values())
        self._clocks = {(clock.target_id, clock.code): clock for clock in found}
        self.due = {key: clock.due_on for key, clock in self._clocks.items()}
        self._told: list[tuple[Escalation, list[Named]]] = []
        self._again: list[tuple[Escalation, list[Named], int]] = []

    def of_step(self, made: Escalation) -> None:
        """Who hears of a new step this morning: who signs, who decides, or those whom the rule names."""
        item = made.item
        if made.state == EscalationState.DRAFTED:
            people = self.circle.senders(item)
        elif made.state == EscalationState.PROPOSED:
            people = self.circle.deciders(item)
        else:
            own = made.holder == Holder.BODY  # then it is nobody else's business below the leaders
            codes = [code for code in made.rule.told if not own or code in ABOVE]
            people = self.circle.told(item, made.holder, codes)
            if own:
                people = [*people, *self.circle.senders(item), *self.circle.deciders(item)]
        self._told.append((made, list({user.pk: (user, code) for user, code in reversed(people)}.values())))

    def again(self, latest: Escalation, time: int) -> None:
        """Who signs or decides is asked again, and from the first time on his leaders hear of it."""
        item = latest.item
        people = [*self.circle.senders(item), *self.circle.deciders(item)]
        self._again.append((latest, people, time))

    def settle(self) -> None:
        """Give each message its key: that of today's reminder, or one of its own where that was said before."""
        wanted = {self._reminder(made) for made, _ in self._told} - {""}
        sent = set(Notification.objects.filter(key__in=wanted).values_list("key", "user_id"))
        for made, people in self._told:
            key, own = self._reminder(made), f"escalation:{made.public_id}"
            made.told = [
                {"user": user.pk, "as": code, "key": own if not key or (key, user.pk) in sent else key}
                for user, code in people
            ]

    def put(self) -> None:
        """Send them, after the steps were saved."""
        rows = [
            _message(made, one["user"], one["key"], _words(made))
            for made, _ in self._told
            for one in made.told
        ]
        rows += [
            _message(
                latest,
                user.pk,
                f"escalation:{latest.public_id}:{time}",
                f"{_words(latest)}（第 {time} 次催办）",
            )
            for latest, people, time in self._again
            for user in {user.pk: user for user, _ in people}.values()
        ]
        notify.put(rows)

    def _reminder(self, made: Escalation) -> str:
        """The key of the reminder this morning would bring of the same date."""
        clock = self._clocks.get((made.item_id, CODES[Holder(made.holder)]))
        step = stage(clock.due_on, self.day) if clock else None
        return f"clock:{clock.public_id}:{clock.due_on}:{step}" if clock and step else ""


def _words(row: Escalation) -> str:
    """Number, days, what waits — nothing else (a message may be read over a shoulder)."""
    what = f"{row.get_step_display()}{ASKED.get(EscalationState(row.state), '')}"
    return f"{row.number} {what}：整改事项 {row.item.number} 已超期 {row.days_late} 天。"


def _message(row: Escalation, user_id: int, key: str, text: str) -> Notification:
    return Notification(
        user_id=user_id, key=key, kind=KIND, number=row.number or "", text=text, url=row.get_absolute_url(),
        target_label=row._meta.label_lower, target_id=row.pk, created_at=moment.now(),
    )  # fmt: skip
