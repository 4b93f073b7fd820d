"""What may be done with rounds and findings, by whom, and when."""

from inspections.workflow.findings import FINDING
from inspections.workflow.rounds import APPROVERS, OFFICE, OPEN, ROUND

__all__ = ["APPROVERS", "FINDING", "OFFICE", "OPEN", "ROUND"]
