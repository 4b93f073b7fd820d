"""Funds when a unit is merged into another and when a person leaves: open work goes along, what is over stays."""

from datetime import timedelta

import pytest

from funds.models import Project
from funds.services import village_sheets
from funds.services.suspicions import visit
from povertyaudit.core import handing_over, moment, unit_changes
from povertyaudit.core.models import AuditEntry, Clock, Notification, Recusal, Role, Unit, UnitKind
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import payment_makers as payments
from tests.funds import project_makers as projects
from tests.funds import suspicion_makers as suspicions
from tests.funds import village_makers as villages

pytestmark = pytest.mark.django_db


def test_open_projects_and_sheets_go_to_the_successor(people, notices_only_warn):
    town = factories.unit("柳溪镇人民政府", UnitKind.TOWNSHIP, factories.TOWN)
    heir = factories.unit("白杨乡人民政府", UnitKind.TOWNSHIP, factories.OTHER_TOWN)
    open_one, over = projects.project(people, "review"), projects.project(people, "published", title="已竣工")
    Project.objects.filter(pk=over.pk).update(funded_fen=over.settled_fen, paid_fen=over.settled_fen, spent_fen=over.settled_fen)  # fmt: skip
    owing = projects.project(people, "published", title="还没有拨款")
    payment = payments.opened(people, payments.built(people, title="报账中"), 1_000_000)
    sheet = villages.opened()
    ours, theirs, untouched = suspicions.imported(people, [suspicions.line(n) for n in range(1, 4)])
    done = suspicions.cleared(people, suspicions.visited(people, suspicions.checked(people, theirs)))
    ours = suspicions.checked(people, ours, assigned_to=people.official)
    change = unit_changes.merge(town, by=people.casemgr, successor=heir, effective_on=moment.today())
    unit_changes.confirm(change, by=people.secadmin, note="文件齐全")
    units = dict(Project.objects.values_list("pk", "responsible_unit__name"))
    assert {units[one.pk] for one in (open_one, owing, payment.project)} == {"白杨乡人民政府"}
    assert units[over.pk] == "柳溪镇人民政府"
    sheet.refresh_from_db()
    clock = Clock.objects.of(sheet).get()
    assert (sheet.unit, clock.owner_unit, clock.owner_user) == (heir, heir, people.otherofficial)
    clerk = factories.fresh(people.otherofficial)
    assert Project.objects.visible_to(clerk).count() == 4  # what is over by the unit it was merged into
    assert Notification.objects.filter(user=clerk, number=open_one.number).exists()
    assert AuditEntry.objects.of(open_one).filter(verb="project.follow_unit").count() == 1
    assert village_sheets.unanswered(sheet)
    ours.refresh_from_db()
    done.refresh_from_db()
    clock = Clock.objects.of(ours).get()
    assert (ours.responsible_unit, ours.assigned_to, clock.owner_unit, clock.owner_user) == (
        heir,
        None,
        heir,
        None,
    )
    assert done.responsible_unit == town, "what is decided stays"
    assert untouched.responsible_unit is None
    assert Notification.objects.filter(user=clerk, number=ours.number).exists()
    values = {"visitor": "沈知远", "visitor2": "陆景禾", "finding": "车已过户。"}
    assert visit(ours, by=clerk, **values).state == "visited"


def test_what_a_person_who_leaves_proposed_and_applied_for_goes_on_the_record(people):
    town = Unit.objects.get(name="柳溪镇人民政府")
    heir = factories.user(Role.LIAISON, unit=town, region=factories.TOWN)
    waiting, done = (
        projects.project(people, "review"),
        payments.paid(people, payments.built(people), 1_000_000),
    )
    asked = payments.reviewed(people, payments.built(people, title="第二个"), 1_000_000)
    kept = projects.stored(people, title="接任人应当回避")
    Recusal.objects.create(
        person=heir.person, target_label="funds.project", target_id=kept.pk, reason="亲属", declared_by=heir
    )
    pile = handing_over.preview(factories.fresh(people.official))[0]
    assert pile.counts == {"申报入库待批复的项目": 2, "办理中的报账": 1}
    handing_over.hand_over(factories.fresh(people.official), by=people.secadmin, successor=heir, note="调任",
                           until=moment.today() + timedelta(days=1))  # fmt: skip
    verbs = {one: list(AuditEntry.objects.of(one).values_list("verb", flat=True)) for one in (waiting, asked, kept, done)}  # fmt: skip
    assert "project.hand_over" in verbs[waiting]
    assert "payment.hand_over" in verbs[asked]
    assert "project.not_handed_over" in verbs[kept]
    assert "payment.hand_over" not in verbs[done]
    assert Notification.objects.filter(user=people.unithead, number=kept.number).exists()
    assert verify().broken == []
