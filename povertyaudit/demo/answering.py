"""What is checked off before a lead ends in the demonstration, and what its complainant is told."""

from datetime import timedelta
from random import Random
from typing import Any

from cases import services
from cases.models import CloseKind, EndingTerm, Lead
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.demo import words_leads as words

CHECKS: list[EndingTerm] = []
WAYS_TO_ANSWER: list[EndingTerm] = []


def load_terms() -> None:
    """The checklist and the ways to answer, read once."""
    CHECKS[:] = EndingTerm.objects.checks().on()
    WAYS_TO_ANSWER[:] = EndingTerm.objects.ways().on()


class Answered:
    """Part of a lead's story."""

    lead: Any
    plan: Any
    diary: Any
    random: Random

    def who(self, name: str) -> User:
        raise NotImplementedError

    def pick(self, choices: Any) -> Any:
        raise NotImplementedError

    def officer(self) -> User:
        raise NotImplementedError

    def tick_off(self) -> None:
        if services.needs_checks(self.lead):
            grounds = [{"item": item, "ground": words.GROUNDS[item.code]} for item in CHECKS]
            self.lead = services.tick(self.lead, by=self.officer(), grounds=grounds)

    def draft_answer(self, done: Lead, text: str) -> Lead:
        """The office's draft of the answer, where one is owed."""
        if not done.feedback_owed:
            return done
        return services.draft_feedback(done, by=self.officer(), draft=f"您反映的问题已办结。{text}")

    def do_feedback(self) -> Lead:
        """Now and then the complainant does not agree; the registry has studied all but the newest objections."""
        by, way = self.who(self.plan.registrar), self.pick(WAYS_TO_ANSWER)
        content = self.plan.close_kind != CloseKind.UNTRUE or self.random.randrange(4)
        if content and not self.plan.objects:
            return services.feedback(self.lead, by=by, way=way, note="已向反映人反馈，反映人没有异议。")
        told = "认为核实时没有找到当年的经手人，结论不全面。"
        done = services.feedback(self.lead, by=by, way=way, objects_to=True, objection=told)
        if moment.today() > self.diary.today - timedelta(days=20):
            return done
        study = "经研究，当年的经手人已在核实中谈话，结论有据，不再重新办理。"
        return services.settle_objection(done, by=self.who("casemgr"), note=study)
