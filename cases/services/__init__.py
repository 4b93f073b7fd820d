"""What pages, REST and the clock call of leads, their books and cases. Calls, digests, bulletins, summaries, requests and
accountability stand in modules of their own (`calling`, `digesting`, `bulletins`, `summing`, `identity`, `asking`)."""

from cases.services.amending import amend
from cases.services.archiving import archive
from cases.services.assisting import ask_assist, give_assistance, report_back
from cases.services.batches import amend_batch, close_batch, join_batch, leave_batch, receive, reopen_batch
from cases.services.checking import open_doubts
from cases.services.closing import record_duty
from cases.services.concluding import conclude, reopen
from cases.services.deciding import correct, decide, decline, record_decision, suggest
from cases.services.declaring import declare
from cases.services.declaring import end as end_declaration
from cases.services.dispatching import dispatch, forward, hand_back, merge, press, sign_for
from cases.services.disposing import approve, hold, propose, reactivate, review_hold, send_back
from cases.services.ending import draft_feedback, needs_checks, settle_objection, tick
from cases.services.executing import extend_execution, record_execution, resubmit_case, return_case
from cases.services.filing import file_person, resubmit, return_again, return_evidence
from cases.services.from_rounds import take_from_round
from cases.services.handovers import (
    amend_handover,
    answer_handover,
    open_handover,
    period_of,
    record_handover_receipt,
    refuse_row,
    register_row,
    send_handover_back,
    tallied,
    tally_of,
)
from cases.services.identity import request_identity
from cases.services.intake import return_to_sender, void
from cases.services.keeping import (
    acknowledge,
    assign,
    extend,
    feedback,
    lift_recusal,
    note_complainant,
    recuse,
    reveal_complainant,
    verify_identity,
)
from cases.services.linking import keep_apart, link, unlink
from cases.services.meetings import (
    add_resolution,
    attach_minutes,
    close_meeting,
    finish_resolution,
    record_meeting,
    reopen_resolution,
)
from cases.services.money import note_money, record_money
from cases.services.past import enter_past
from cases.services.people import add_subject, amend_subject, remove_subject
from cases.services.registering import add_number, attach, channels_of, likely_number, register
from cases.services.stepping import file_case, finish_step, record_reply, start_step
from cases.services.superior import receive_for_superior, record_receipt, send_up

__all__ = [
    "acknowledge",
    "add_number",
    "add_resolution",
    "add_subject",
    "amend",
    "amend_batch",
    "amend_handover",
    "amend_subject",
    "answer_handover",
    "approve",
    "archive",
    "ask_assist",
    "assign",
    "attach",
    "attach_minutes",
    "channels_of",
    "close_batch",
    "close_meeting",
    "conclude",
    "correct",
    "decide",
    "declare",
    "decline",
    "dispatch",
    "end_declaration",
    "enter_past",
    "draft_feedback",
    "extend",
    "extend_execution",
    "feedback",
    "file_case",
    "file_person",
    "finish_resolution",
    "finish_step",
    "forward",
    "give_assistance",
    "hand_back",
    "hold",
    "join_batch",
    "keep_apart",
    "leave_batch",
    "lift_recusal",
    "likely_number",
    "link",
    "merge",
    "needs_checks",
    "note_complainant",
    "note_money",
    "open_doubts",
    "open_handover",
    "period_of",
    "press",
    "propose",
    "reactivate",
    "receive",
    "receive_for_superior",
    "record_decision",
    "record_duty",
    "record_execution",
    "record_handover_receipt",
    "record_meeting",
    "record_money",
    "record_receipt",
    "record_reply",
    "recuse",
    "refuse_row",
    "register",
    "register_row",
    "remove_subject",
    "reopen",
    "reopen_batch",
    "reopen_resolution",
    "report_back",
    "request_identity",
    "resubmit",
    "resubmit_case",
    "return_again",
    "return_case",
    "return_evidence",
    "return_to_sender",
    "void",
    "reveal_complainant",
    "review_hold",
    "send_back",
    "send_handover_back",
    "send_up",
    "settle_objection",
    "sign_for",
    "start_step",
    "suggest",
    "take_from_round",
    "tallied",
    "tally_of",
    "unlink",
    "tick",
    "verify_identity",
]
