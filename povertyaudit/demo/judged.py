"""What is decided on the person of a lead, and carried out, in the demonstration."""

from typing import Any

from cases import services
from cases.models import Lead, Outcome
from povertyaudit.core import moment
from povertyaudit.core.models import User

SANCTIONS = (
    "party_warning", "party_serious_warning", "party_warning", "party_removal", "party_serious_warning",
)  # fmt: skip


class Judged:
    """Part of a lead's story."""

    lead: Any
    plan: Any

    def who(self, name: str) -> User:
        raise NotImplementedError

    def judge(self, measure: str) -> None:
        """What was decided on the person, and the money he owes."""
        lead = Lead.objects.get(pk=self.lead.pk)
        by, person, money = self.who("adjudicator"), lead.subjects.get(), self.plan.recovered_yuan * 100
        services.decide(
            lead, by=by, subject=person, measure=measure, party_member=True, facts="利用职务便利占有补助资金。",
            document_number=f"青纪〔{moment.today().year}〕{self.plan.received_ago % 90 + 1} 号",
        )  # fmt: skip
        if money:
            lead = Lead.objects.get(pk=lead.pk)
            services.record_money(
                lead,
                by=by,
                subject=person,
                kind="recovered",
                owed_fen=money,
                taken_fen=money,
                paper="非税缴款书",
            )

    def execute(self) -> None:
        """Announced and filed when the lead is concluded; one in three still owes its report."""
        outcome = Outcome.objects.get(lead=self.lead)
        wanted = outcome.duties.all() if self.plan.recovered_yuan // 100 % 3 else outcome.duties.all()[:2]
        for duty in wanted:
            outcome = services.record_execution(
                outcome,
                by=self.who("adjudicator"),
                duty=duty,
                paper="宣布记录和执行报告",
                done_on=moment.today(),
            )
