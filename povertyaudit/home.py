"""What the frame, the home page and the search show, app by app. The lists are plain: add a line to each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.functional import SimpleLazyObject

from cases import bulletin_home as bulletins
from cases import call_home as calls
from cases import clearing_home as clearing
from cases import exchange_home as exchange
from cases import filing_home as filing
from cases import home as cases
from cases import summary_home as summaries
from funds import home as funds
from funds import payment_home as payments
from funds import project_home as projects
from funds import register_home as registers
from funds import suspicion_home as suspicions
from funds import village_home as village
from inspections import field_home
from inspections import home as inspections
from inspections import home_handed as handed
from povertyaudit.activities import home as activities
from povertyaudit.answering import home as answering
from povertyaudit.assessment import duty_home as duties
from povertyaudit.assessment import home as assessments
from povertyaudit.assessment import ladder_home as ladders
from povertyaudit.core import (
    account_home,
    channel_home,
    clock_home,
    favourites,
    kept,
    place_home,
    record_home,
    vault_home,
)
from povertyaudit.core.home import RailEntry, Section
from povertyaudit.core.lights import of_user
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Notification
from povertyaudit.documents import home as documents
from povertyaudit.exchange import home as programs
from povertyaudit.reporting import home as reports
from povertyaudit.sheets import home as sheets
from povertyaudit.talks import home as talks
from rectification import board_home as boards
from rectification import escalation_home as escalation
from rectification import home as rectification
from rectification import look_back_home as look_backs
from rectification import notice_home as notices
from rectification import period_home as periods

# The left rail, in this order, under these headings. An app adds its RailEntry (cases/home.py: RAIL) here.
GROUPS: dict[str, list[RailEntry]] = {
    "问题线索": [
        cases.RAIL, cases.ASKING_RAIL, cases.SUPERIOR_RAIL, exchange.RAIL, calls.RAIL, filing.RAIL, exchange.DESK_RAIL,
        summaries.RAIL, bulletins.RAIL,
    ],
    "巡察": [
        inspections.RAIL, inspections.FINDINGS_RAIL, handed.RAIL, handed.REVIEW_RAIL, field_home.PLANS_RAIL,
        field_home.VISITS_RAIL, field_home.WORKSHEETS_RAIL, field_home.ATTENDANCE_RAIL, answering.RAIL, inspections.CAMPAIGN_RAIL,
        inspections.POOL_RAIL,
    ],
    "整改": [
        rectification.RAIL, boards.RAIL, escalation.RAIL, periods.RAIL, notices.RAIL, look_backs.RAIL, look_backs.CHECKS_RAIL,
        talks.RAIL,
    ],
    "资金": [
        projects.RAIL[0], payments.RAIL, *projects.RAIL[1:], village.RAIL, funds.RAIL, funds.BOARD_RAIL, suspicions.RAIL,
        *registers.RAIL,
    ],
    "考核": [assessments.RAIL, assessments.SHEETS_RAIL, assessments.SCORES_RAIL, ladders.RAIL, duties.RAIL],
    "常态监督": [*activities.RAIL],
    "报表": [*reports.RAIL, documents.RAIL],
    "系统": [
        sheets.RAIL, account_home.RAIL, *clock_home.RAIL, documents.TEMPLATES_RAIL, *channel_home.RAIL, *place_home.RAIL, *programs.RAIL,
        vault_home.RAIL, record_home.RAIL,
    ],
}  # fmt: skip
RAIL = [replace(entry, under=heading) for heading, entries in GROUPS.items() for entry in entries]

# What waits for me, due soon, and so on: functions user -> Section (or None to show nothing).
SECTIONS: list[Callable[[Any], Section | None]] = [
    boards.this_week,
    boards.led,
    cases.identity_to_decide,
    cases.waiting,
    cases.overdue,
    cases.to_send_up,
    clearing.clarifications,
    clearing.marks,
    exchange.handovers_due,
    exchange.batches_due,
    exchange.resolutions_open,
    exchange.reports_due,
    calls.unanswered,
    calls.handed_on,
    calls.digests,
    filing.to_execute,
    summaries.to_send,
    bulletins.waiting,
    bulletins.unread,
    escalation.letters_to_answer,
    rectification.waiting,
    rectification.overdue,
    escalation.to_deal_with,
    escalation.unanswered,
    activities.coming,
    activities.to_issue,
    talks.waiting,
    look_backs.checks,
    look_backs.plans,
    periods.missed,
    notices.waiting,
    notices.comments,
    reports.waiting,
    inspections.under_way,
    handed.feedback_to_sign,
    handed.notices_waiting,
    handed.opinions_waiting,
    handed.plans_waiting,
    field_home.plans,
    field_home.to_sign,
    field_home.to_explain,
    answering.letters_to_sign,
    answering.handovers,
    answering.to_renew,
    projects.waiting,
    projects.notices_due,
    payments.waiting,
    village.waiting,
    village.missed,
    funds.to_recover,
    suspicions.waiting,
    assessments.to_score,
    assessments.waiting,
    ladders.waiting,
    duties.waiting,
    cases.approaches,
    favourites.followed,
    account_home.resets,
    account_home.without_post,
    account_home.ending,
    account_home.locked,
    clock_home.rules_to_confirm,
    clock_home.region_rules_to_confirm,
    documents.to_confirm,
    channel_home.to_confirm,
    clock_home.notice_to_load,
    place_home.regions_to_confirm,
    place_home.terms_to_confirm,
    place_home.units_to_confirm,
    record_home.notable,
]

# What I sent on and others have in hand.
OTHERS: list[Callable[[Any], Section | None]] = [cases.elsewhere, rectification.elsewhere]

# What the one box looks through, in the order in which kinds of equal rank stand.
KINDS: list[Kind] = [
    cases.LEADS,
    cases.SLIPS,
    exchange.HANDOVERS,
    exchange.BATCHES,
    *exchange.MEETINGS,
    calls.FOUND,
    filing.FOUND,
    summaries.FOUND,
    *inspections.FOUND,
    *handed.FOUND,
    field_home.PLANS,
    field_home.VISITS,
    field_home.WORKSHEETS,
    field_home.VILLAGE_PEOPLE,
    answering.TERMS,
    answering.LETTERS,
    projects.PROJECTS,
    projects.ALLOCATIONS,
    payments.FOUND,
    village.FOUND,
    registers.FOUND,
    funds.FOUND,
    suspicions.FOUND,
    rectification.FOUND,
    look_backs.FOUND,
    activities.ACTIVITIES,
    *activities.PAPERS,
    talks.FOUND,
    notices.FOUND,
    periods.FOUND,
    escalation.FOUND,
    assessments.FOUND,
    ladders.FOUND,
    duties.FOUND,
    reports.FOUND,
    documents.FOUND,
]

# Where the third button of the phone's bottom bar leads: the first entry the user may use.
REPORTING: list[RailEntry] = [rectification.REPORTING]


def unread_of(user: Any) -> Any:
    """The user's unread messages, newest first."""
    return Notification.objects.visible_to(user).unread().for_list()


def frame(request: Any) -> dict[str, Any]:
    """Context of every full page; nothing is asked of the database unless the page draws the frame.

    A refusal has the sections without their numbers: whoever tries addresses in a row costs no counting.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "rail": SimpleLazyObject(lambda: rail_of(user, _numbers(request, user))),
        "lights": SimpleLazyObject(lambda: of_user(user)),
        "unread": SimpleLazyObject(lambda: unread_of(user).count()),
        "reporting": SimpleLazyObject(
            lambda: next((one for one in REPORTING if one.roles & user.roles), None)
        ),
    }


def _numbers(request: Any, user: Any) -> kept.Numbers:
    if getattr(request, "is_refused", False):
        return {}
    anew = getattr(request, "counts_anew", False)
    return kept.numbers(request.session, user, lambda: numbers_of(user), anew=anew)


def numbers_of(user: Any) -> kept.Numbers:
    """What the sections he can use count for him, as it is now."""
    return {entry.url: entry.number(user) for entry in _usable(user) if entry.count}


def rail_of(user: Any, numbers: kept.Numbers | None = None) -> list[tuple[RailEntry, int]]:
    """(entry, number that matters to the user) of the sections he can use."""
    known = numbers_of(user) if numbers is None else numbers
    return [(entry, known.get(entry.url, 0)) for entry in _usable(user)]


def _usable(user: Any) -> list[RailEntry]:
    roles = user.roles
    return [entry for entry in RAIL if entry.roles & roles]
