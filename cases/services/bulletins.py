"""通报曝光: drafted from concluded cases, approved by another person, issued with a number, sent out, read.

Names are written by the machine, as the channel of the day writes them; who complained and who is not part of a case
stand in none of its texts.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.bulletin_querysets import DRAFTERS
from cases.models import (
    Bulletin,
    BulletinCase,
    BulletinPerson,
    BulletinState,
    CloseKind,
    Lead,
    LeadSubject,
    Mask,
    Outcome,
    State,
)
from cases.services import bulletin_decisions as decisions
from cases.services.bulletin_papers import paper_of
from cases.services.publishing import take_back
from cases.services.telling import leaders_of
from cases.workflow.bulletins import BULLETIN
from povertyaudit.core import moment, notify, numbering, papers, rows, secrecy, sight
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import User

# Endings after which there is something to make known (domain §7.2).
WITH_OUTCOME = (CloseKind.SANCTIONED, CloseKind.FIRST_FORM, CloseKind.HANDED_OVER)
OUT = "这里可能写有举报人或者不在本案处理范围内的人员，请核对后改写。"  # one sentence for both: it tells nothing of either

HEAD = {"title": "标题里", "preface": "开头语里"}  # said by name: they stand on another page


def eligible() -> Any:
    """Leads that may stand in a bulletin."""
    return Lead.objects.filter(state=State.CONCLUDED, close_kind__in=WITH_OUTCOME)


def to_choose(bulletin: Bulletin, by: User) -> Any:
    """Those of the county `by` may see that are not in this bulletin yet, the last concluded first."""
    taken = bulletin.cases.values("lead")
    rows = (
        eligible()
        .visible_to(by)
        .filter(region__code__startswith=bulletin.region_id[:6])
        .exclude(pk__in=taken)
    )
    return rows.prefetch_related("subjects").order_by("-concluded_on", "-pk")


def persons_of(lead: Lead) -> list[dict[str, Any]]:
    """Those with a decision that stands; everybody where there is none."""
    people = list(lead.subjects.all())
    decided = set(Outcome.objects.decided().filter(lead=lead).values_list("subject", flat=True))
    chosen = [one for one in people if one.pk in decided or not decided]
    return [{"name": one.name, "subject": one.public_id} for one in chosen]


def filled(lead: Lead) -> dict[str, Any]:
    """What the register already says of a case: the lead, the problem by its kind, the decision."""
    kind = lead.category or lead.style
    people = _named(lead, persons_of(lead)) if lead.subjects.all() else []
    return {
        "lead": lead.public_id, "problem": f"{kind}问题" if kind else "", "decision": decisions.recorded(lead, people),
    }  # fmt: skip


def may_draft(by: User) -> bool:
    return bool(by.roles & DRAFTERS)


@transaction.atomic
def draft(*, by: User, title: str, preface: str = "", note: str = "") -> Bulletin:
    """起草通报."""
    post = by.post_as(DRAFTERS)
    if post is None:
        raise NotAllowed("bulletin.role", "通报由案管室起草。")
    bulletin = Bulletin(
        region_id=post.region.county_code(),
        title=title,
        preface=preface,
        drafting_unit=post.unit,
        drafted_by=by,
    )
    return rows.create(bulletin, verb="bulletin.draft", by=by, note=note)


@transaction.atomic
def add_case(
    bulletin: Bulletin, *, by: User, lead: Lead, problem: str, facts: str, persons: Iterable[Mapping[str, Any]],
    decision: str = "", changed_why: str = "", note: str = "", expected_version: int | None = None,
) -> Bulletin:  # fmt: skip
    """增加案例 from a concluded lead the drafter may see. `persons`: those of its persons complained of, by `name` and,
    where two bear one name, by the name with unit or post in brackets, or by `subject` (the id) as well.

    `decision` is what the register decided on them; other words need a reason (`changed_why`), which the approver reads.
    """
    row = BULLETIN.begin(bulletin, "add_case", by=by, note=note, expected_version=expected_version)
    if not eligible().visible_to(by).filter(pk=lead.pk, region__code__startswith=row.region_id[:6]).exists():
        raise RuleBroken("add_case.lead", "只能通报本县已办结并作出处理的线索，请改选。", field="lead")
    if row.cases.filter(lead=lead).exists():
        raise RuleBroken("add_case.twice", f"线索 {lead.number} 已在本期通报里。", field="lead")
    named = _named(lead, persons)
    said = decisions.settled(lead, named, decision, changed_why)
    _check_texts(lead, {one.name for one in named}, {"problem": problem, "facts": facts, **said})
    last = row.cases.aggregate(last=Max("ordinal"))["last"] or 0
    case = BulletinCase(
        bulletin=row,
        lead=lead,
        ordinal=last + 1,
        place=lead.region.name,
        problem=problem,
        facts=facts,
        **said,
    )
    return _with_case(row, case, named, by=by, note=note)


def _named(lead: Lead, persons: Iterable[Mapping[str, Any]]) -> list[LeadSubject]:
    """The persons complained of who are meant, each once, in the order given. Raises RuleBroken at `persons`."""
    asked = [
        (secrecy.folded(str(one["name"])), str(one.get("subject") or ""), one["name"]) for one in persons
    ]
    known, found = list(lead.subjects.all()), dict[int, LeadSubject]()
    if not asked:
        raise RuleBroken("add_case.persons", "请写明通报哪些被反映人，至少一人。", field="persons")
    for words, chosen, typed in asked:
        same = [one for one in known if words in _words_of(one)]
        same = [one for one in same if one.public_id == chosen] or same
        if not same:
            text = f"线索 {lead.number} 没有登记被反映人“{typed}”，请核对姓名。"
            raise RuleBroken("add_case.persons", text, field="persons")
        if len(same) > sum(words == other for other, _, _ in asked):
            example = f"{typed}（{same[0].unit_text or same[0].post_text or '单位'}）"
            text = f"线索 {lead.number} 有 {len(same)} 名被反映人叫“{typed}”，请写明单位或者职务，例如“{example}”。"
            raise RuleBroken("add_case.namesakes", text, field="persons")
        found |= {one.pk: one for one in same}
    return list(found.values())


def _words_of(one: LeadSubject) -> set[str]:
    """What a person may be called: the name, alone or with unit, post or both in brackets."""
    more = {one.unit_text, one.post_text, f"{one.unit_text}{one.post_text}"} - {""}
    return {secrecy.folded(words) for words in (one.name, *(f"{one.name}（{part}）" for part in more))}


def _with_case(
    row: Bulletin, case: BulletinCase, subjects: list[LeadSubject], *, by: User, note: str
) -> Bulletin:
    measures = decisions.measures_of(subjects)
    people = [
        BulletinPerson(
            case=case, subject=one, name=one.name, unit_text=one.unit_text, post_text=one.post_text,
            measures=measures.get(one.pk, ""),
        )
        for one in subjects
    ]  # fmt: skip
    done: Bulletin = BULLETIN.finish(row, "add_case", by=by, note=note, saved=[case, *people])
    return done


def _check_texts(lead: Lead, named: set[str], texts: Mapping[str, str]) -> None:
    """No informant, and nobody of the lead who is not part of the case. One sentence for both."""
    known = lead.subjects.values_list("name", flat=True)
    others = [secrecy.folded(name) for name in known if name not in named and len(name) > 1]
    for field, text in texts.items():
        words = OUT.replace("这里", HEAD.get(field, "这里"))
        try:
            secrecy.refuse(lead, {field: text}, by=None)
        except secrecy.Leaked:
            raise RuleBroken("bulletin.outsider", words, field=field) from None
        if any(name in secrecy.folded(text) for name in others):
            raise RuleBroken("bulletin.outsider", words, field=field)


@transaction.atomic
def remove_case(
    bulletin: Bulletin, *, by: User, case: BulletinCase, note: str = "", expected_version: int | None = None
) -> Bulletin:
    """删去案例; those behind it move up."""
    row = BULLETIN.begin(bulletin, "remove_case", by=by, note=note, expected_version=expected_version)
    found = row.cases.filter(pk=case.pk).first()
    if found is None:
        raise RuleBroken("remove_case.case", "没有找到这个案例，请重新选择。", field="case")
    behind = list(row.cases.filter(ordinal__gt=found.ordinal).order_by("ordinal"))
    for one in behind:
        one.ordinal -= 1
    removed = [*found.persons.all(), found]
    done: Bulletin = BULLETIN.finish(row, "remove_case", by=by, note=note, removed=removed, saved=behind)
    return done


def _check_whole(bulletin: Bulletin) -> None:
    """Again at each step towards publication: an identity may have been noted in between."""
    cases = list(bulletin.cases.prefetch_related("persons__subject").select_related("lead"))
    if not cases:
        raise RuleBroken("bulletin.empty", "通报里还没有案例，请先增加。")
    for case in cases:
        named = {person.name for person in case.persons.all()}
        texts = {"problem": case.problem, "facts": case.facts, "decision": case.decision}
        _check_texts(case.lead, named, texts | {"title": bulletin.title, "preface": bulletin.preface})
        if case.lead.state != State.CONCLUDED:
            text = f"{case}的线索 {case.lead.number} 已重新办理，请删去这个案例。"
            raise RuleBroken("bulletin.reopened", text)
        if decisions.recorded(case.lead, _subjects(case)) != case.recorded:
            text = f"{case}的线索 {case.lead.number} 登记的处理决定有变更，请删去这个案例后重新增加。"
            raise RuleBroken("bulletin.decision_changed", text)


def _subjects(case: BulletinCase) -> list[LeadSubject]:
    return [person.subject for person in case.persons.all() if person.subject is not None]


@transaction.atomic
def submit(bulletin: Bulletin, *, by: User, note: str = "", expected_version: int | None = None) -> Bulletin:
    """报送审批."""
    row = BULLETIN.begin(bulletin, "submit", by=by, note=note, expected_version=expected_version)
    _check_whole(row)
    done: Bulletin = BULLETIN.finish(row, "submit", by=by, note=note)
    tell(done, leaders_of(done.drafting_unit), "通报报您审批。", by=by)
    return done


def tell(bulletin: Bulletin, users: Any, text: str, *, by: User) -> None:
    """Those of `users` who may know of the bulletin."""
    seeing = [user.pk for user in sight.seers(bulletin, users)]
    notify.tell_of(bulletin, User.objects.filter(pk__in=seeing), text, by=by)


@transaction.atomic
def approve(bulletin: Bulletin, *, by: User, note: str = "", expected_version: int | None = None) -> Bulletin:
    """批准, by a leader who did not draft it."""
    row = BULLETIN.begin(bulletin, "approve", by=by, note=note, expected_version=expected_version)
    _check_whole(row)
    changes = {"approved_by": by, "approved_on": moment.today()}
    done: Bulletin = BULLETIN.finish(row, "approve", by=by, note=note, changes=changes)
    tell(done, User.objects.filter(pk=done.drafted_by_id), "通报已批准，请印发。", by=by)
    return done


@transaction.atomic
def send_back(bulletin: Bulletin, *, by: User, note: str, expected_version: int | None = None) -> Bulletin:
    """退回修改; an approval already given is taken back with it."""
    done: Bulletin = BULLETIN.apply(
        bulletin, "send_back", by=by, note=note, expected_version=expected_version, approved_by=None, approved_on=None
    )  # fmt: skip
    tell(done, User.objects.filter(pk=done.drafted_by_id), "通报被退回修改。", by=by)
    return done


@transaction.atomic
def issue(bulletin: Bulletin, *, by: User, note: str = "", expected_version: int | None = None) -> Bulletin:
    """印发: the number and 第N期 are given now. A bulletin that corrects another takes that one back."""
    row = BULLETIN.begin(bulletin, "issue", by=by, note=note, expected_version=expected_version)
    _check_whole(row)
    number = numbering.take("bulletin", row.region)
    changes = {"number": number, "issue": int(number.rpartition("-")[2]), "issued_on": moment.today()}
    done: Bulletin = BULLETIN.finish(row, "issue", by=by, note=note, changes=changes)
    papers.keep(
        done, paper_of(done, Mask.FULL), by=by, kind="bulletin", name=f"{done.title}{done.issue_words}"
    )
    if done.corrects is not None:
        take_back(done.corrects, done, by=by)
    return done


@transaction.atomic
def correct(bulletin: Bulletin, *, by: User, note: str, expected_version: int | None = None) -> Bulletin:
    """更正: the only way back. A new draft with the same cases; the old one falls when the new one is issued."""
    row = BULLETIN.begin(bulletin, "correct", by=by, note=note, expected_version=expected_version)
    if row.corrections.exclude(state__in=(BulletinState.ISSUED, BulletinState.CORRECTED)).exists():
        raise WrongState("correct.under_way", "已有一份更正通报在起草，请在那一份上修改。")
    new = Bulletin(
        region_id=row.region_id, title=f"更正：{row.title}".replace("更正：更正：", "更正：")[:100], preface=row.preface,
        drafting_unit=row.drafting_unit, drafted_by=by, corrects=row,
    )  # fmt: skip
    rows.create(new, verb="bulletin.correcting", by=by, note=note)
    for case in row.cases.select_related("lead").prefetch_related("persons__subject"):
        people = _subjects(case)
        copy = BulletinCase(
            bulletin=new, lead=case.lead, ordinal=case.ordinal, place=case.place, problem=case.problem,
            facts=case.facts, **_decided_now(case, people),
        )  # fmt: skip
        new = _with_case(new, copy, people, by=by, note="")
    BULLETIN.finish(row, "correct", by=by, note=note)
    return new


def _decided_now(case: BulletinCase, people: list[LeadSubject]) -> dict[str, str]:
    """What the register says by now; words that were changed with a reason stay as they were."""
    kept = case.decision if case.changed_why or not decisions.recorded(case.lead, people) else ""
    return decisions.settled(case.lead, people, kept, case.changed_why or "沿用原通报的处理决定。")
