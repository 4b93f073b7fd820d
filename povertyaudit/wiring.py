"""Which functions of which app answer a question that an app below asks: dotted paths, read by `settings`."""

HANDING_OVER = (  # what a person who leaves has in hand: functions (post) -> list of core.handing_over.Work
    "cases.services.leaving.open_work",
    "cases.services.leaving_meetings.open_work",
    "inspections.leaving.open_work",
    "rectification.services.leaving.open_work",
)
ROUND_CLOSING = (  # what keeps a round from being closed: functions (round) -> list of phrases
    "inspections.services.closing.findings",
    "inspections.services.closing.recusals",
    "rectification.services.notices.not_ended",
)
