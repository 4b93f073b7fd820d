"""The verbs of rounds, their objects and findings — the only code that writes them. Same names as the addresses."""

from inspections.services.findings import hand_on, record_finding
from inspections.services.objects import add_objects, assign_team, drop, enter, leave
from inspections.services.rounds import close_round, finish_round, link_round, open_round
from inspections.services.standing_aside import decide_recusal, declare_recusal, refuse_recused
from inspections.services.teams import set_team

__all__ = [
    "add_objects",
    "assign_team",
    "close_round",
    "decide_recusal",
    "declare_recusal",
    "drop",
    "enter",
    "finish_round",
    "hand_on",
    "leave",
    "link_round",
    "open_round",
    "record_finding",
    "refuse_recused",
    "set_team",
]
