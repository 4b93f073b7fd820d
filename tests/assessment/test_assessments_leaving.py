"""考核: what a scorer leaves behind goes to his colleague, and the record says so."""

import pytest

from povertyaudit.core import audit, handing_over
from povertyaudit.core.models import Clock, Notification, Recusal, Role
from tests import factories
from tests.assessment import makers as make
from tests.factories import fresh

pytestmark = pytest.mark.django_db


def test_score_sheets_and_duties_go_with_the_rest_of_a_leavers_work(cast):
    card = make.score_sheet(make.opened(cast))
    duty = make.duty(cast)
    for row, who in ((card, cast.sector), (duty, cast.patroloffice)):
        post = fresh(who).current_posts()[0]
        heir = factories.user(post.role, unit=post.unit, region=post.region_id)
        (pile,) = handing_over.preview(fresh(who))
        assert list(pile.counts.values()) == [1]
        done = handing_over.hand_over(fresh(who), by=cast.secadmin, successor=heir, note="调离")
        assert sum(done.handed[heir].values()) == 1
        assert Clock.objects.of(row).running().get().owner_user == heir
        assert next(iter(audit.history(row))).verb == f"{row._meta.model_name}.hand_over"


def test_the_others_of_the_office_are_told_where_the_successor_stands_aside(cast):
    card = make.score_sheet(make.opened(cast))
    office = card.unit
    heir, third = (factories.user(Role.SECTOR, unit=office) for _ in range(2))
    Recusal.objects.create(
        person=heir.person,
        target_label="assessment.scoresheet",
        target_id=card.pk,
        reason="亲属",
        declared_by=third,
    )
    handing_over.hand_over(fresh(cast.sector), by=cast.secadmin, successor=heir, note="调离")
    assert Clock.objects.of(card).running().get().owner_user is None
    assert Notification.objects.filter(user=third, text__contains="另行安排").exists()
    assert not Notification.objects.filter(user=heir, text__contains="另行安排").exists()
