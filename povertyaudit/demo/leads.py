"""How a lead goes through the house: a list of acts, each a verb by the person whose turn it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cases import services
from cases.models import Category, Channel, CloseKind, IdentityStatus, Kind, Lead
from povertyaudit.core import moment
from povertyaudit.core.models import Region, Unit, User
from povertyaudit.core.render import yuan
from povertyaudit.demo import words_leads as words
from povertyaudit.demo.answering import Answered, load_terms
from povertyaudit.demo.intake import came
from povertyaudit.demo.judged import SANCTIONS, Judged
from povertyaudit.demo.people import FAMILY, GIVEN, Cast
from povertyaudit.demo.timeline import Diary

BASE = ("register", "dispatch", "sign_for")
END = ("propose:close", "approve", "conclude")
VERIFY = ("propose:verify", "approve", "start", "finish:verify")
TALK = ("propose:talk_inquiry", "approve", "start", "reply", "finish:talk_inquiry")
FILED = (*BASE, *VERIFY, "propose:file_case", "approve", "file_case")
TRIED = (*FILED, "start", "finish:investigate", "propose:adjudicate", "approve", "start", "finish:adjudicate")
WAYS: dict[str, tuple[str, ...]] = {
    CloseKind.DIRECT: (*BASE, *END),
    CloseKind.UNTRUE: (*BASE, *VERIFY, *END, "duty:tell_unit"),
    CloseKind.TALK_ACCEPTED: (*BASE, *TALK, *END, "duty:tell_person", "duty:at_meeting"),
    CloseKind.FIRST_FORM: (*BASE, *VERIFY, *END),
    CloseKind.HANDED_OVER: (*BASE, *VERIFY, *END),
    CloseKind.SANCTIONED: (*TRIED, *END),
    CloseKind.ANSWERED: ("register", "conclude"),
    "hold": (*BASE, "propose:hold", "approve", "hold"),
    "forward": ("register", "forward"),
    "merge": ("register", "merge"),
    "return": ("register", "return"),
    "void": ("register", "void"),
}
# Days from the act before: least and most.
PACE = {
    "dispatch": (0, 2), "sign_for": (0, 2), "propose": (4, 20), "approve": (0, 3), "start": (0, 2), "finish": (10, 40),
    "reply": (5, 12), "conclude": (0, 2), "file_case": (0, 1), "hold": (0, 1), "forward": (1, 3), "merge": (1, 3), "return": (1, 3), "void": (0, 2),
    "review_hold": (50, 90), "duty": (3, 20), "acknowledge": (1, 5), "feedback": (2, 12), "returned": (1, 3),
    "decided": (0, 2), "sent": (1, 3),
}  # fmt: skip


@dataclass
class Plan:
    """What is to happen to one lead. `acts` may end anywhere: an open lead waits after the last."""

    acts: tuple[str, ...]
    channel: str = Channel.LETTER
    close_kind: str = CloseKind.DIRECT
    received_ago: int = 100
    last_ago: int | None = None  # the last act so many days before today; else the pace decides
    room: str = "第一监督检查室"
    leader: str = "leader"
    identity: str = IdentityStatus.ANONYMOUS
    principal: bool = False
    registrar: str = "petition"
    result_due_on: date | None = None
    recovered_yuan: int = 0
    owes: bool = False  # the complainant still waits for an answer
    objects: bool = False  # the complainant does not agree, whatever the dice say
    into: "LeadStory | None" = None
    kind: str = Kind.COMPLAINT
    tags: dict[str, Any] = field(default_factory=dict)

    def all_acts(self) -> tuple[str, ...]:
        """With what a named complainant is owed."""
        if self.identity == IdentityStatus.ANONYMOUS or "dispatch" not in self.acts:
            return self.acts
        acts = [*self.acts]
        acts.insert(acts.index("dispatch") + 1, "acknowledge")
        if "conclude" in acts and not self.owes:
            acts.insert(acts.index("conclude") + 1, "feedback")
        return tuple(acts)


class LeadStory(Judged, Answered):
    """One lead from its registration as far as its plan goes."""

    def __init__(self, cast: Cast, plan: Plan, diary: Diary, *, prefix: str = "") -> None:
        self.cast, self.plan, self.diary, self.prefix = cast, plan, diary, prefix
        self.random: Random = diary.random
        self.lead: Any = None

    def who(self, name: str) -> User:
        """The person of this county who bears the name."""
        return self.cast.users[f"{self.prefix}{name}"]

    def run(self) -> Iterator[datetime]:
        acts = self.plan.all_acts()
        for act, at in zip(acts, self.schedule(acts), strict=True):
            yield at
            name, _, detail = act.partition(":")
            self.lead = getattr(self, f"do_{name}")(*([detail] if detail else [])) or self.lead

    def schedule(self, acts: tuple[str, ...]) -> list[datetime]:
        """When each act happens; squeezed where the pace would run past yesterday."""
        gaps = [self.random.randint(*PACE[act.partition(":")[0]]) for act in acts[1:]]
        today = self.diary.today
        if self.plan.last_ago is not None:
            days = [self.plan.last_ago + sum(gaps[i:]) for i in range(len(acts))]
        else:
            room, total = self.plan.received_ago - 2, sum(gaps)
            scale = min(1.0, room / total) if total else 1.0
            days = [self.plan.received_ago - int(sum(gaps[:i]) * scale) for i in range(len(acts))]
        return [self.diary.on(today - timedelta(days=ago)) for ago in days]

    def pick(self, choices: Any) -> Any:
        return choices[self.random.randrange(len(choices))]

    # acts

    def do_register(self) -> Lead:
        plan = self.plan
        village: Any = self.pick(self.cast.places.villages)
        if plan.kind != Kind.COMPLAINT:
            return self.ask(village)
        matter = self.pick(words.MATTERS)
        values = {
            "v": village.name, "t": village.parent.name, "n": self.person(), "m": 0, "y": moment.today().year - 1,
        }  # fmt: skip
        amount = self.random.randrange(matter.least, matter.most, 100) if matter.most else 0
        subject = {
            "name": values["n"], "unit_text": village.name if "村" in matter.post else village.parent.name,
            "post_text": matter.post, "kind": matter.kind, "principal": plan.principal,
            "category": CATEGORIES.get(matter.category), "style": CATEGORIES.get(matter.style),
        }  # fmt: skip
        return services.register(
            by=self.who(plan.registrar), channel=plan.channel, received_on=moment.today(),
            title=matter.title.format(**values), text=matter.text.format(**values), region=village,
            identity_status=plan.identity, category=CATEGORIES.get(matter.category), style=CATEGORIES.get(matter.style),
            amount_fen=amount * 100 or None, result_due_on=plan.result_due_on, subjects=[subject],
            intake=came(plan.channel, village.parent.name),
            complainant=self.complainant(village, values["n"]) if plan.identity != IdentityStatus.ANONYMOUS else None,
        )  # fmt: skip

    def ask(self, village: Any) -> Lead:
        """A question or a suggestion, which is no lead; or an appeal, which names nobody."""
        lists = {
            Kind.CONSULTATION: words.QUESTIONS,
            Kind.SUGGESTION: words.SUGGESTIONS,
            Kind.APPEAL: words.APPEALS,
        }
        title, text = self.pick(lists[Kind(self.plan.kind)])
        return services.register(
            by=self.who(self.plan.registrar), channel=self.plan.channel, received_on=moment.today(),
            title=title.format(t=village.parent.name, v=village.name), text=text.format(v=village.name), region=village, kind=self.plan.kind,
            intake=came(self.plan.channel, village.parent.name),
            category=CATEGORIES["other_corruption"] if self.plan.kind == Kind.APPEAL else None,
        )  # fmt: skip

    def person(self) -> str:
        return f"{self.pick(FAMILY)}{self.pick(GIVEN)}"

    def complainant(self, village: Region, about: str) -> dict[str, str]:
        """Somebody else than the person complained of."""
        name = self.person()
        while name == about:
            name = self.person()
        return {
            "name": name, "phone": f"0990-8{self.random.randrange(10**6):06}", "address": village.path_name,
            "remark": "来信署名，留有联系电话。",
        }  # fmt: skip

    def do_dispatch(self) -> Lead:
        return services.dispatch(
            self.lead, by=self.who("casemgr"), handling_unit=self.unit(self.plan.room),
            leader=self.who(self.plan.leader), instruction=self.pick(words.INSTRUCTIONS),
            **self.plan.tags.get("dispatch", {}),
        )  # fmt: skip

    def unit(self, name: str) -> Unit:
        return self.cast.units[name]

    def officer(self) -> User:
        """Who has the lead in hand."""
        lead, people, units = self.lead, self.cast.by_key, self.cast.unit_names
        if lead.handler_id and people[lead.handler_id].unit_ids & {lead.acting_unit_id}:
            return people[lead.handler_id]
        found = {
            "第一监督检查室": ("inspector1", "inspector2"), "第二监督检查室": ("inspector3", "inspector4"),
            "审查调查室": ("investigator",), "案件审理室": ("adjudicator",),
        }[units[lead.acting_unit_id]]  # fmt: skip
        return self.who(found[lead.pk % len(found)])

    def do_sign_for(self) -> Lead:
        return services.sign_for(self.lead, by=self.officer())

    def do_acknowledge(self) -> Lead:
        return services.acknowledge(
            self.lead, by=self.who(self.plan.registrar), note="电话告知反映人已受理。"
        )

    def do_propose(self, method: str) -> Lead:
        return services.propose(
            self.lead, by=self.officer(), method=method, proposal=self.pick(words.PROPOSALS[method]),
            sub_method="inquiry" if method == "talk_inquiry" else "", discussed_on=moment.today(),
            present="室主任、承办人员", conclusion="一致同意上述意见。", plan=words.PLANS.get(method, ""),
            participants=self.two() if method == "verify" else (),
        )  # fmt: skip

    def two(self) -> list[User]:
        """Who has it in hand and a colleague of his office."""
        first = self.officer()
        room = {"第一监督检查室": "inspector1 inspector2", "第二监督检查室": "inspector3 inspector4"}
        names = room.get(self.cast.unit_names[self.lead.acting_unit_id], "investigator inspector1").split()
        return [first, *(user for user in map(self.who, names) if user.pk != first.pk)][:2]

    def do_approve(self) -> Lead:
        if self.lead.approver == "party":
            paper = f"青委批〔{moment.today().year}〕{self.random.randint(2, 90)}号"
            return services.approve(
                self.lead, by=self.who("casemgr"), note="县委主要负责人已批示同意。", outside_number=paper,
                outside_on=moment.today(),
            )  # fmt: skip
        by = self.who("secretary") if self.lead.approver == "secretary" else self.who(self.plan.leader)
        return services.approve(self.lead, by=by, note=self.pick(words.OPINIONS))

    def do_start(self) -> Lead:
        return services.start_step(self.lead, by=self.officer())

    def do_reply(self) -> Lead:
        return services.record_reply(self.lead, by=self.officer(), replied_on=moment.today())

    def do_finish(self, method: str) -> Lead:
        result = self.pick(words.RESULTS[method]).format(k=self.random.randint(5, 38))
        done = services.finish_step(self.lead, by=self.officer(), result=result)
        if method == "adjudicate" and self.plan.recovered_yuan:
            self.judge(SANCTIONS[self.plan.recovered_yuan // 100 % len(SANCTIONS)])
            done = Lead.objects.get(pk=done.pk)
        return done

    def do_file_case(self) -> Lead:
        return services.file_case(self.lead, by=self.officer(), handling_unit=self.unit("审查调查室"))

    def do_hold(self) -> Lead:
        day = self.plan.tags.get("review_on") or moment.today() + timedelta(days=180)
        return services.hold(
            self.lead, by=self.officer(), review_on=day, reason_code="ho_person", note="条件具备后重新启动。"
        )

    def do_review_hold(self) -> Lead:
        day = moment.today() + timedelta(days=120)
        return services.review_hold(
            self.lead, by=self.officer(), review_on=day, note="当事人仍在外务工，暂不具备核查条件。"
        )

    def do_duty(self, kind: str) -> Lead:
        return services.record_duty(self.lead, by=self.officer(), kind=kind, text=words.DUTIES[kind])

    def do_conclude(self) -> Lead:
        money = yuan(self.plan.recovered_yuan * 100)
        text = self.pick(words.ENDINGS[self.plan.close_kind]).format(m=money)
        if self.plan.close_kind == CloseKind.SANCTIONED:
            self.execute()
        if self.plan.kind != Kind.COMPLAINT:
            by = self.who(self.plan.registrar)
            return services.conclude(self.lead, by=by, close_kind=CloseKind.ANSWERED, result_text=text)
        self.tick_off()
        done = services.conclude(
            self.lead, by=self.officer(), close_kind=self.plan.close_kind, result_text=text
        )
        return self.draft_answer(done, text)

    def do_forward(self) -> Lead:
        body = self.pick(words.FORWARD_TO)
        receipt = f"收字〔{moment.today().year}〕{self.random.randint(10, 400)} 号"
        return services.forward(self.lead, by=self.who("casemgr"), forwarded_to=body, forward_receipt=receipt)

    def do_return(self) -> Lead:
        return services.return_to_sender(
            self.lead, by=self.who("casemgr"), returned_to="县审计局", note="所附材料反映的是税务问题，应由税务机关办理。"
        )  # fmt: skip

    def do_void(self) -> Lead:
        return services.void(self.lead, by=self.who("casemgr"), note="与前一件是同一封信，重复登记。")

    def do_merge(self) -> Lead:
        first: Any = self.plan.into
        return services.merge(
            self.lead, by=self.who("casemgr"), into=first.lead, note="内容相同，并入先登记的一件。"
        )


CATEGORIES: dict[str, Category] = {}


def load_categories() -> None:
    """The categories by code, read once."""
    load_terms()
    CATEGORIES.update({category.code: category for category in Category.objects.all()})
