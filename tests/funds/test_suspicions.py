"""A suspicion from the desk to the house and to its end: excused, corrected or handed on. A match is no lead."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Lead, LeadSubject
from funds.models import Suspicion
from funds.services import suspicion_ends, suspicions
from povertyaudit.core import clocks, handing_over, idnumbers, moment
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, AuditEntry, Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import suspicion_makers as make
from tests.rectification.makers import photo

pytestmark = pytest.mark.django_db


def test_the_township_goes_to_the_house_within_its_days_and_another_person_clears(people):
    row = make.suspicion(people)
    assert not Suspicion.objects.visible_to(people.official).exists()
    row = make.checked(people, row, assigned_to=people.official)
    assert row.responsible_unit.name == "柳溪镇人民政府"
    clock = clocks.due_of(row)
    assert (clock.code, clock.owner_user_id) == ("suspicion.visit", people.official.pk)
    assert Notification.objects.filter(user=people.official, target_id=row.pk).count() == 1
    assert list(Suspicion.objects.visible_to(people.official).waiting_for(people.official)) == [row]
    assert not Suspicion.objects.visible_to(people.otherofficial).exists()
    assert not Suspicion.objects.visible_to(people.neighbour).exists()
    row = make.visited(people, row, photos=[photo(), photo("again.jpg")])
    assert clocks.due_of(row) is None
    assert Attachment.objects.of(row).count() == 1
    row = suspicions.visit_again(row, by=people.finance, note="没有见到本人")
    assert (row.state, row.visited_on, clocks.due_of(row).code) == ("desk_checked", None, "suspicion.visit")
    row = make.visited(people, row)
    with pytest.raises(NotAllowed, match="不能自己排除"):
        make.cleared(people, row, by=people.inspector1)
    row = make.cleared(people, row, decision="过户手续齐全。")
    assert (row.state, row.excuse.code, row.visit_waived) == ("cleared", "CAR_SOLD", False)
    assert verify().broken == []


def test_an_excuse_that_needs_a_visit_waits_for_it_and_a_refund_has_a_sum(people):
    row = make.suspicion(people, "desk_checked")
    with pytest.raises(RuleBroken) as refused:
        make.cleared(people, row)
    assert refused.value.field == "excuse"
    row = make.cleared(people, row, code="STALE")
    assert (row.state, row.visit_waived, clocks.due_of(row)) == ("cleared", True, None)
    row = make.suspicion(people, "visited", 2)
    with pytest.raises(RuleBroken) as refused:
        suspicion_ends.correct(row, by=people.finance, fix="refunded")
    assert refused.value.field == "fix_fen"
    row = suspicion_ends.correct(row, by=people.inspector1, fix="stopped")
    assert (row.state, row.fix, row.fix_fen) == ("corrected", "stopped", None)


def test_what_is_handed_on_is_a_lead_with_the_person_and_the_township_learns_nothing_of_it(people):
    row = make.suspicion(people, "visited")
    with pytest.raises(NotAllowed):
        suspicion_ends.hand_on(row, by=people.finance, category=None, decision="x")
    row = make.handed_on(people, row)
    lead = Lead.objects.get()
    assert (row.state, row.lead, lead.channel) == ("lead", lead, "data_match")
    assert lead.intake.source_number == row.match_list.number
    person = LeadSubject.objects.get()
    assert person.id_digest == idnumbers.known(make.number(1)).digest
    seen = Suspicion.objects.visible_to(people.official).get()
    assert (seen.decision, Lead.objects.visible_to(people.official).exists()) == ("", False)
    told = AuditEntry.objects.filter(target_label="funds.suspicion").values_list("changes", flat=True)
    assert lead.number not in str(list(told))


def test_who_reads_a_number_says_why(people):
    row = make.suspicion(people, "desk_checked")
    with pytest.raises(RuleBroken) as refused:
        suspicions.reveal(row, by=people.official, reason=" ")
    assert refused.value.field == "reason"
    assert suspicions.reveal(row, by=people.official, reason="入户核对身份") == make.number(1)
    entry = AuditEntry.objects.get(verb="suspicion.reveal")
    assert (entry.actor, entry.values.get().value) == (people.official, "入户核对身份")
    with pytest.raises(NotAllowed):
        suspicions.reveal(row, by=people.leader, reason="看看")


def test_whoever_leaves_hands_his_visits_over(people):
    successor = factories.user(
        "liaison", unit=factories.unit("柳溪镇人民政府", region=factories.TOWN), region=factories.TOWN
    )
    row = make.checked(people, make.suspicion(people), assigned_to=people.official)
    handing_over.hand_over(people.official, by=people.secadmin, successor=successor, note="调离")
    row.refresh_from_db()
    assert (row.assigned_to, clocks.due_of(row).owner_user) == (successor, successor)


def refusals(people):
    desk = {"by": people.inspector1, "desk_text": "在册。"}
    away = factories.unit("松涛镇人民政府", region="990102101000")
    home = factories.unit("白杨乡人民政府", region=factories.OTHER_TOWN)
    tomorrow = moment.today() + timedelta(days=1)
    number = make.number(9)
    act, visit = suspicions, make.visited
    yield "imported", "responsible_unit", lambda row: act.desk_check(row, **desk, responsible_unit=away)
    yield "imported", "assigned_to", lambda row: act.desk_check(row, **desk, assigned_to=people.otherofficial)
    yield "imported", "desk_text", lambda row: act.desk_check(row, **desk | {"desk_text": f"与{number}同户"})
    yield "imported", None, lambda row: make.cleared(people, row, code="STALE")
    yield "imported", None, lambda row: act.attach(row, by=people.inspector1, file=photo())
    yield "desk_checked", "assigned_to", lambda row: act.assign(row, by=people.finance)
    yield "desk_checked", None, lambda row: act.visit(row, by=people.otherofficial, visited_on=tomorrow, visitor="甲", visitor2="乙", finding="x")  # fmt: skip
    yield "desk_checked", "visited_on", lambda row: visit(people, row, visited_on=tomorrow)
    yield "desk_checked", "visitor2", lambda row: visit(people, row, visitor2="沈知远")
    yield "desk_checked", "latitude", lambda row: visit(people, row, latitude=1)
    yield "desk_checked", "finding", lambda row: visit(people, row, finding=f"{number}已过户")
    yield "desk_checked", "photos", lambda row: visit(people, row, photos=[photo(str(n)) for n in range(21)])
    yield "desk_checked", None, lambda row: make.handed_on(people, row)
    yield "visited", "note", lambda row: act.visit_again(row, by=people.finance)
    yield "visited", "decision", lambda row: make.handed_on(people, row, decision=number)
    assert (
        suspicions.assign(
            make.suspicion(people, "desk_checked", 20), by=people.finance, responsible_unit=home
        ).responsible_unit
        == home
    )


def test_each_refusal_says_where(people):
    rows = {
        state: make.suspicion(people, state, n)
        for n, state in enumerate(("imported", "desk_checked", "visited"), 1)
    }
    for state, field, act in refusals(people):
        with pytest.raises(DomainError) as refused, transaction.atomic():
            act(rows[state])
        assert refused.value.field == field, refused.value.message
        assert refused.value.message.endswith("。")


BROKEN = (
    ("suspicion_person_once", "second", {"id_key": "first"}),
    ("suspicion_amount_in_range", "imported", {"amount_fen": -1}),
    ("suspicion_state_is_whole", "imported", {"state": "visited"}),
    ("suspicion_state_is_whole", "corrected", {"fix": "", "fix_fen": None}),
    ("suspicion_cleared_after_visit", "cleared", {"visited_on": None}),
    ("suspicion_cleared_by_another", "cleared", {"decided_by": "desk"}),
    ("suspicion_two_visitors", "visited", {"visitor2": "沈知远"}),
    ("suspicion_days_in_order", "visited", {"visited_on": make.AS_OF}),
    ("suspicion_fix_has_sum", "corrected", {"fix_fen": None}),
    ("suspicion_position_is_whole", "visited", {"latitude": 30}),
    ("suspicion_has_number", "imported", {"number": None}),
    ("match_list_rows_add_up", "list", {"rows_made": 0}),
    ("match_list_reported_whole", "list", {"reported_rows": 1, "reported_filed": 2, "reported_handled": 0, "reported_fen": 0}),
    ("match_list_file_once", "list2", {"file_sha256": "a" * 64}),
    ("match_list_has_number", "list", {"number": None}),
    ("match_line_person_once", "line", {"id_key": "first"}),
)  # fmt: skip


def test_the_database_holds_each_rule(people):
    from funds.models import MatchLine, MatchList  # noqa: PLC0415

    rows = {
        state: make.suspicion(people, state, n)
        for n, state in enumerate(("imported", "visited", "cleared", "corrected"), 1)
    }
    rows["first"], rows["second"] = make.imported(people, [make.line(11), make.line(12)], rule="HAS_HOUSE")
    rows["list"], rows["list2"] = rows["first"].match_list, rows["imported"].match_list
    MatchList.objects.filter(pk=rows["list"].pk).update(file_sha256="a" * 64)
    make.taken(people, [make.line(13), make.line(14)], rule="HAS_FIRM")
    first_line, rows["line"] = MatchLine.objects.all()
    for name, which, change in BROKEN:
        values = dict(change)
        if values.get("id_key") == "first":
            values["id_key"] = (first_line if which == "line" else rows["first"]).id_key
        if values.get("decided_by") == "desk":
            values["decided_by"] = people.inspector1
        row = rows[which]
        words = [name, *(c.fields for c in row._meta.constraints if c.name == name and hasattr(c, "fields"))]
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
        told = str(broken.value)
        assert name in told or all(column in told for column in (words[1] if len(words) > 1 else [name])), (
            told
        )
