"""Which figures a report of each kind has in a new installation; the next report takes over what the last one had."""

from povertyaudit.reporting.indicators import CATALOGUE
from povertyaudit.reporting.models import ReportKind

MONTHLY = (
    "leads_received", "leads_dispatched", "leads_concluded", "leads_open", "petitions", "petitions_done", "cases_filed",
    "persons_sanctioned", "form_1", "form_2", "form_3", "form_4", "transferred", "persons_held", "bulletins",
    "bulletin_cases", "bulletin_persons", "items_issued", "items_closed", "items_open", "items_late", "misuses",
    "misuse_money", "money_owed", "money_taken", "money_returned", "money_open",
)  # fmt: skip
ROUNDS = (
    "rounds",
    "findings",
    "opinions",
    "opinions_accepted",
    "advice",
    "immediate_notices",
    "immediate_closed",
)
LAYOUTS: dict[str, tuple[str, ...]] = {
    ReportKind.TEN_DAYS: ("items_issued", "items_closed", "items_open", "items_late", "money_taken", "money_returned"),
    ReportKind.MONTH: MONTHLY,
    ReportKind.QUARTER: (*MONTHLY, *ROUNDS, "look_backs", "look_backs_relapsed"),
    ReportKind.YEAR: (*MONTHLY, *ROUNDS, "look_backs", "look_backs_relapsed", "units_held", "units_talked"),
    # The four forms of a round (情况、整改、意见、线索) and the counters of its page.
    ReportKind.ROUND: (
        "findings", "opinions", "opinions_accepted", "advice", "immediate_notices", "immediate_closed", "leads_received",
        "items_issued", "items_all_closed", "items_open", "items_late", "cases_filed", "persons_sanctioned",
        "transferred", "persons_held", "units_talked",
    ),
}  # fmt: skip
CHOICES = [(one.code, f"{one.group}：{one.name}") for one in CATALOGUE.values()]
