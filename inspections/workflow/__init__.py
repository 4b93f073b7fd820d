"""What may be done with rounds, their objects and findings, by whom, and when."""

from inspections.workflow.campaigns import CAMPAIGN
from inspections.workflow.findings import FINDING
from inspections.workflow.objects import OBJECT
from inspections.workflow.pool import POOL
from inspections.workflow.rounds import OPEN, ROUND
from inspections.workflow.who import APPROVERS, OFFICE

__all__ = ["APPROVERS", "CAMPAIGN", "FINDING", "OBJECT", "OFFICE", "OPEN", "POOL", "ROUND"]
