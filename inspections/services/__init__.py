"""The verbs of rounds and findings — the only code that writes them. Same names as the addresses."""

from inspections.services.findings import hand_on, record_finding
from inspections.services.rounds import finish_round, open_round, set_team

__all__ = ["finish_round", "hand_on", "open_round", "record_finding", "set_team"]
