"""The verbs of an item — the only code that writes it. Named like the URLs, one function each."""

from rectification.services.arranging import (
    accept_transfer,
    decide_transfer,
    request_transfer,
    return_transfer,
)
from rectification.services.care import mark_long_term, press
from rectification.services.close_out import apply, reopen, review, send_back, verify, verify_simple
from rectification.services.evidence import (
    add_evidence,
    pair_evidence,
    remove_evidence,
    replace_evidence,
)
from rectification.services.extending import decide_extension, request_extension
from rectification.services.opening import accept, create_item, edit, issue
from rectification.services.pausing import pause_pressing, resume_pressing
from rectification.services.periods import set_rhythm
from rectification.services.publishing import (
    archive,
    close,
    dismiss_objection,
    register_objection,
    set_publication,
    uphold_objection,
)
from rectification.services.regrouping import decide_regrouping, request_merge, request_split
from rectification.services.reporting import report
from rectification.services.stages import report_stage, set_stage
from rectification.services.voiding import void
from rectification.services.work import (
    add_measure,
    add_result,
    edit_measure,
    edit_result,
    remove_measure,
)

__all__ = [
    "accept_transfer",
    "decide_regrouping",
    "request_merge",
    "request_split",
    "decide_transfer",
    "request_transfer",
    "return_transfer",
    "accept",
    "add_evidence",
    "add_measure",
    "add_result",
    "apply",
    "archive",
    "close",
    "create_item",
    "decide_extension",
    "dismiss_objection",
    "edit",
    "edit_measure",
    "edit_result",
    "issue",
    "mark_long_term",
    "pair_evidence",
    "pause_pressing",
    "press",
    "register_objection",
    "remove_evidence",
    "remove_measure",
    "replace_evidence",
    "reopen",
    "report",
    "report_stage",
    "request_extension",
    "resume_pressing",
    "review",
    "send_back",
    "set_publication",
    "set_rhythm",
    "set_stage",
    "uphold_objection",
    "verify",
    "verify_simple",
    "void",
]
