"""The verbs of rounds, their objects and findings, of campaigns and the pool — the only code that writes them. Same names
as the addresses."""

from inspections.services.amending import amend_round
from inspections.services.campaigns import (
    close_campaign,
    open_campaign,
    reopen_campaign,
    set_points,
    tie_leads,
    untie_lead,
)
from inspections.services.feedback import (
    amend_feedback,
    draft_feedback,
    record_signing,
    sign,
    tell_head,
    tell_leadership,
    withdraw_feedback,
)
from inspections.services.finding_out import may_record
from inspections.services.findings import (
    amend_finding,
    hand_on,
    may_hand_on,
    record_finding,
    take_back,
    withdraw_finding,
)
from inspections.services.handing_leads import hand_lead
from inspections.services.notices import (
    attach_proof,
    close_notice,
    issue_notice,
    press_notice,
    report_notice,
    return_notice,
)
from inspections.services.objects import add_objects, assign_team, drop, enter, leave
from inspections.services.opinions import (
    accept_opinion,
    amend_opinion,
    answer_opinion,
    record_opinion,
    return_opinion,
    send_opinion,
    withdraw_opinion,
)
from inspections.services.papers import (
    amend_paper,
    attach_paper,
    decide_paper,
    discard_paper,
    hear,
    record_paper,
)
from inspections.services.planning import fill_plan, submit_plan
from inspections.services.pool import add_person, draw_people, take_out
from inspections.services.reviewing import approve_plan, consolidate, give_review, return_plan, set_reviewers
from inspections.services.rhythms import set_rhythm
from inspections.services.rounds import (
    attach_to_round,
    close_round,
    finish_round,
    join_campaign,
    link_round,
    open_round,
)
from inspections.services.standing_aside import decide_recusal, declare_recusal, refuse_recused
from inspections.services.teams import set_team

__all__ = [
    "accept_opinion",
    "add_objects",
    "add_person",
    "amend_feedback",
    "amend_finding",
    "amend_opinion",
    "amend_paper",
    "amend_round",
    "answer_opinion",
    "approve_plan",
    "assign_team",
    "attach_paper",
    "attach_to_round",
    "attach_proof",
    "close_campaign",
    "close_notice",
    "close_round",
    "consolidate",
    "decide_paper",
    "decide_recusal",
    "declare_recusal",
    "discard_paper",
    "draft_feedback",
    "draw_people",
    "drop",
    "enter",
    "fill_plan",
    "finish_round",
    "give_review",
    "hand_lead",
    "hand_on",
    "hear",
    "issue_notice",
    "join_campaign",
    "leave",
    "link_round",
    "may_record",
    "open_campaign",
    "open_round",
    "press_notice",
    "record_finding",
    "record_opinion",
    "record_paper",
    "record_signing",
    "refuse_recused",
    "reopen_campaign",
    "report_notice",
    "return_notice",
    "return_opinion",
    "return_plan",
    "send_opinion",
    "set_points",
    "set_reviewers",
    "set_rhythm",
    "set_team",
    "sign",
    "submit_plan",
    "take_out",
    "tell_head",
    "tell_leadership",
    "tie_leads",
    "untie_lead",
    "withdraw_feedback",
    "may_hand_on",
    "take_back",
    "withdraw_finding",
    "withdraw_opinion",
]
