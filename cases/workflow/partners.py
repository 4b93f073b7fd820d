"""部门报送: corrected by who may report it, until the month's total is sent."""

from cases.exchange_querysets import REPORTING
from cases.models import PartnerReport
from cases.workflow.who import holds
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow


def its_reporter(row: PartnerReport, by: User) -> None:
    """The registry of the county; the people of the unit that reported."""
    here = any(
        p.role == Role.CASE_MANAGER and p.region_id[:6] == row.region_id[:6] for p in by.current_posts()
    )
    if not here and not (row.unit_id and holds(by, REPORTING, row.unit_id)):
        raise NotAllowed("partner.not_yours", "由本县案管室或者报送单位修改。")


PARTNER_REPORT = Workflow(
    "partnerreport",
    "部门报送",
    (
        Transition(
            name="amend", label="修改报送", sources=frozenset({PartnerReport.State.REPORTED}), target=None,
            roles=REPORTING | {Role.CASE_MANAGER}, who=(its_reporter,),
        ),
    ),
    others={"report": "报送"},
)  # fmt: skip
