"""被反映人 on the page of a lead: the table of persons and what is said of each."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cases import matching
from cases.models import Lead, LeadSubject
from cases.pages.columns import subject_kind
from cases.pages.repeats import elsewhere_cell
from cases.workflow import knows_id
from povertyaudit.core.views import Column, Fact, Facts, Table


def standing(subject: LeadSubject) -> str:
    """Kind, rank, who manages him, seats: one phrase."""
    seats = [
        f"{subject.get_congress_seat_display()}人大代表" if subject.congress_seat else "",
        f"{subject.get_cppcc_seat_display()}政协委员" if subject.cppcc_seat else "",
    ]
    manager = subject.managed_by.name if subject.managed_by else ""
    words = [
        subject_kind(subject), "一把手" if subject.number_one else "",
        subject.rank_text or subject.get_rank_kind_display(), manager, *seats,
    ]  # fmt: skip
    return "，".join(word for word in words if word)


def matter(subject: LeadSubject) -> str:
    """Both axes in one phrase."""
    return "，".join(term.name for term in (subject.category, subject.style) if term)


def personal(subject: LeadSubject, *, with_id: bool) -> str:
    """Sex, people, birth, schooling, party: one phrase; the last four of the ID number for those who handle it."""
    party = subject.get_political_status_display()
    if subject.party_entry_month:
        party = f"{party}（{subject.party_entry_month} 入党）"
    words = [
        subject.get_gender_display(), subject.ethnicity,
        f"{subject.birth_month} 生" if subject.birth_month else "", subject.get_education_display(), party,
        f"身份证号末四位 {subject.id_last4}" if with_id and subject.id_last4 else "",
    ]  # fmt: skip
    return "，".join(word for word in words if word)


def about(subject: LeadSubject, *, with_id: bool) -> str:
    """Everything beside name, unit and post."""
    return "；".join(part for part in (standing(subject), personal(subject, with_id=with_id)) if part)


def _acts(lead: Lead, subject: LeadSubject, offered: dict[str, str]) -> SafeString:
    words = {"amend_subject": "更正", "remove_subject": "删除误登"}
    base = lead.get_absolute_url()
    links = [
        (f"{base}{verb}/?subject={subject.public_id}", word)
        for verb, word in words.items()
        if verb in offered
    ]
    return format_html_join(" ", '<a href="{}">{}</a>', links)


def person_table(lead: Lead, user: Any, offered: dict[str, str]) -> Table:
    """Persons with all that is known of them."""
    with_id = knows_id(lead, user)
    columns: list[Column] = [
        Column("name", "姓名", phone="main"),
        Column("unit_text", "工作单位", phone="sub"),
        Column("post_text", "职务", phone="side"),
        Column("about", "身份和个人情况", value=lambda one: about(one, with_id=with_id)),
    ]
    if any(one.category or one.style for one in lead.subjects.all()):
        columns.append(Column("matter", "问题", value=matter))
    people = list(lead.subjects.all())
    found = matching.elsewhere(lead, Lead.objects.visible_to(user))
    if found:
        columns.append(
            Column(
                "elsewhere", "其他线索", kind="html", value=lambda one: elsewhere_cell(found.get(one.pk, []))
            )
        )
    if {"amend_subject", "remove_subject"} & set(offered):
        columns.append(Column("acts", "办理", kind="html", value=lambda one: _acts(lead, one, offered)))
    adds = "add_subject"
    action = (offered[adds], f"{lead.get_absolute_url()}{adds}/") if adds in offered else None
    return Table("被反映人", columns, people, "没有登记被反映人。", action, "subjects")


def person_shown(subject: LeadSubject) -> list[Facts | Table]:
    """One person, above a form about him."""
    about = [
        Fact("姓名", subject.name), Fact("工作单位", subject.unit_text), Fact("职务", subject.post_text),
        Fact("身份", standing(subject)),
    ]  # fmt: skip
    return [Facts("被反映人", about)]
