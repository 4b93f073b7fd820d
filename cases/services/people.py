"""被反映人: adding, amending and removing persons of a lead, and what must be true of one (domain §1.3)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.views.decorators.debug import sensitive_variables

from cases.models import Gender, Lead, LeadSubject, ManagedBy, Seat, SubjectKind
from cases.models.subjects import PARTY, PARTY_KINDS
from cases.reference import ETHNICITIES
from cases.services import approving, conflicts, repeats
from cases.services.checking import MANY_SUBJECTS, misclassed
from cases.workflow import LEAD
from povertyaudit.core import idnumbers, moment
from povertyaudit.core.errors import DomainError, RuleBroken, Several, raise_all
from povertyaudit.core.models import Term, User

GROWN = 18  # years of age to be admitted to the party (党章 art. 1)
FIELDS = (
    "name", "unit_text", "post_text", "kind", "principal", "gender", "ethnicity", "birth_month", "education",
    "political_status", "party_entry_month", "rank_text", "rank_kind", "managed_by", "congress_seat", "cppcc_seat",
    "number_one", "category", "style",
)  # fmt: skip


@sensitive_variables()
def fill(subject: LeadSubject, received_on: date, values: Mapping[str, Any]) -> LeadSubject:
    """Set what is said of a person and see that it agrees with itself; all that does not, at its field.

    `values`: any of FIELDS and `id_number`; an empty `id_number` leaves what is known. Raises RuleBroken/Several.
    """
    given = dict(values)
    number = given.pop("id_number", "")
    if unknown := set(given) - set(FIELDS):
        raise TypeError(f"not of a person: {sorted(unknown)}")
    was_born, was_gender = subject.birth_month, subject.gender
    for name, value in given.items():
        setattr(subject, name, value)
    found: list[DomainError] = []
    said = idnumbers.known(number) if number else None
    if said:
        if subject.id_digest:  # what came from the old number gives way to the new one
            subject.birth_month = subject.birth_month if subject.birth_month != was_born else ""
            subject.gender = subject.gender if subject.gender != was_gender else ""
        subject.id_digest, subject.id_last4 = said.digest, said.last4
        subject.id_key = idnumbers.id_key(number)
        _agree(subject, said, found)
    elif subject.id_digest and (subject.birth_month, subject.gender) != (was_born, was_gender):
        text = "出生年月和性别须与已登记的身份证号一致；确需更正的，请重新填写身份证号。"
        found.append(RuleBroken("subject.id_number", text, field="id_number"))
    _check(subject, received_on, found)
    raise_all(found)
    return subject


def _agree(subject: LeadSubject, said: idnumbers.Known, found: list[DomainError]) -> None:
    """What the number says of month and sex; left empty, both are taken from it."""
    gender = Gender.MALE if said.male else Gender.FEMALE
    if subject.birth_month not in ("", said.birth_month):
        text = f"出生年月与身份证号（{said.birth_month}）不一致，请核对。"
        found.append(RuleBroken("subject.birth_month", text, field="birth_month"))
    if subject.gender not in ("", gender):
        text = f"性别与身份证号（{gender.label}）不一致，请核对。"
        found.append(RuleBroken("subject.gender", text, field="gender"))
    subject.birth_month, subject.gender = said.birth_month, gender


def _check(subject: LeadSubject, received_on: date, found: list[DomainError]) -> None:
    """Persons agree with themselves (domain §1.3)."""

    def broken(field: str, text: str) -> None:
        found.append(RuleBroken(f"subject.{field}", text, field=field))

    this_month = f"{moment.today():%Y-%m}"
    if subject.birth_month > this_month:
        broken("birth_month", "出生年月不能晚于本月，请核对。")
    _check_party(subject, this_month, broken)
    if subject.ethnicity:
        subject.ethnicity = subject.ethnicity.removesuffix("族") + "族"
        if subject.ethnicity not in ETHNICITIES:
            broken("ethnicity", "没有这个民族名称，请按国家标准填写，例如 汉族、土家族。")
    for _, text, field in misclassed(subject, received_on):
        broken(field, text)
    if subject.cppcc_seat == Seat.TOWNSHIP:
        broken("cppcc_seat", "政协没有乡级委员，请核对级别。")
    if subject.managed_by is not None:
        then = ManagedBy.objects.of_day(subject.managed_by, received_on)
        if then is None:
            broken("managed_by", f"“{subject.managed_by.name}”在受理时没有启用，请改选。")
        subject.managed_by = then or subject.managed_by


def _check_party(subject: LeadSubject, this_month: str, broken: Any) -> None:
    """Member or not, and since when."""
    member = subject.political_status in PARTY
    if subject.political_status and not member:
        if subject.kind in PARTY_KINDS:
            kind = SubjectKind(subject.kind).label
            broken("political_status", f"身份为“{kind}”，政治面貌应为中共党员或预备党员，请核对。")
        elif subject.principal:
            broken("political_status", "党委（党组）主要负责人应为中共党员，请核对政治面貌。")
    entry, born = subject.party_entry_month, subject.birth_month
    if not entry:
        return
    if not member:
        broken("party_entry_month", "只有中共党员（含预备党员）填写入党年月，请核对政治面貌。")
    if entry > this_month:
        broken("party_entry_month", "入党年月不能晚于本月，请核对。")
    elif born and entry <= born:
        broken("party_entry_month", "入党年月应晚于出生年月，请核对。")
    elif born and entry < f"{int(born[:4]) + GROWN}{born[4:]}":
        broken("party_entry_month", f"按出生年月计算，入党时不满 {GROWN} 周岁，请核对两个年月。")


@sensitive_variables("values")
def of_registration(
    rows: Any, received_on: date, new: Callable[[], LeadSubject] = LeadSubject
) -> list[LeadSubject]:
    """The persons a registration names; a refusal says which of them it is about."""
    people = []
    for number, values in enumerate(rows, 1):
        try:
            people.append(fill(new(), received_on, values))
        except DomainError as refused:
            every = refused.errors if isinstance(refused, Several) else [refused]
            text = f"第 {number} 名被反映人：{''.join(str(one) for one in every)}"
            raise RuleBroken(every[0].code, text, field="subjects") from refused
    return people


@sensitive_variables("values")
@transaction.atomic
def add_subject(
    lead: Lead, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> Lead:
    """增加被反映人: `name`, and any of FIELDS and `id_number`."""
    row = LEAD.begin(lead, "add_subject", by=by, note=note, expected_version=expected_version)
    if row.subjects.count() >= MANY_SUBJECTS:
        raise RuleBroken("register.subjects", f"一件线索最多登记 {MANY_SUBJECTS} 名被反映人。", field="name")
    subject = fill(LeadSubject(lead=row), row.received_on, values)
    changes, steps = approving.asked_again(row, also=[subject])
    done: Lead = LEAD.finish(row, "add_subject", by=by, note=note, changes=changes, saved=[subject, *steps])
    conflicts.apply(done, by=by)
    repeats.index(done)
    return done


@sensitive_variables("values")
@transaction.atomic
def amend_subject(
    lead: Lead, *, by: User, subject: LeadSubject, note: str = "", expected_version: int | None = None, **values: Any
) -> Lead:  # fmt: skip
    """更正被反映人: what is left out stays. The record keeps old and new, of an ID number only that it changed."""
    row = LEAD.begin(lead, "amend_subject", by=by, note=note, expected_version=expected_version)
    person = _of(row, subject)
    before = {name: getattr(person, name) for name in FIELDS}
    had = person.id_digest
    fill(person, row.received_on, values)
    altered = {
        f"subject_{name}": [_plain(old), _plain(getattr(person, name))]
        for name, old in before.items()
        if old != getattr(person, name)
    }
    if not altered and had == person.id_digest:
        raise RuleBroken("subject.same", "没有任何改动，请修改后再保存。", field="name")
    facts = {"subject": person.public_id} | ({"id_number": "changed"} if had != person.id_digest else {})
    changes, steps = approving.asked_again(row, also=[person])
    done: Lead = LEAD.finish(
        row, "amend_subject", by=by, note=note, changes=changes, saved=[person, *steps],
        facts=facts, personal={"subject_name": [before["name"], person.name]} | altered,
    )  # fmt: skip
    conflicts.apply(done, by=by)
    repeats.index(done)
    return done


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Term) else value


def _of(lead: Lead, subject: LeadSubject) -> LeadSubject:
    found: LeadSubject | None = LeadSubject.objects.filter(pk=subject.pk, lead=lead).first()
    if found is None:
        raise RuleBroken("subject.unknown", "这件线索没有登记这个人，请重新选择。", field="subject")
    return found


@transaction.atomic
def remove_subject(
    lead: Lead, *, by: User, subject: LeadSubject, note: str, expected_version: int | None = None
) -> Lead:
    """删除误登的被反映人, with the reason; the record keeps his name. Raises RuleBroken when something rests on him."""
    row = LEAD.begin(lead, "remove_subject", by=by, note=note, expected_version=expected_version)
    person = _of(row, subject)
    if not row.text.strip() and row.subjects.count() == 1:
        text = "这件线索没有写明主要问题，不能删去仅有的被反映人，请先用“修改登记”补写主要问题。"
        raise RuleBroken("subject.last", text, field="subject")
    try:
        done: Lead = LEAD.finish(
            row, "remove_subject", by=by, note=note, removed=[person], facts={"subject": person.public_id},
            personal={"subject_name": [person.name, None]},
        )  # fmt: skip
    except ProtectedError as held:
        text = "已有处置或处理结果登记在这个人名下，不能删除；姓名等有误的，请办理“更正被反映人”。"
        raise RuleBroken("subject.in_use", text, field="subject") from held
    repeats.index(done)
    return done
