"""Who may be named handler or leader, at each door where one is named; and what the number of a lead tells."""

from datetime import date

import pytest

from cases.models import Lead
from cases.services import enter_past
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Region, Role
from tests import factories
from tests.cases.conftest import services
from tests.cases.test_hotline_kept_apart import again, make_lead, ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def afar(db):
    """An office of another county with its handler, and a leader there."""
    room = factories.unit("监督检查室", region=factories.YUNPING)
    factories.user(Role.SUPERVISION, unit=room, region=factories.YUNPING, username="afar")
    return factories.user(Role.DEPUTY, unit=room, region=factories.YUNPING, username="leaderafar")


@pytest.fixture
def clerk(people):
    """A member of the handling office whose post is none that handles leads."""
    return factories.user(Role.SERVICE, unit=people.inspector1.home.unit, username="clerk")


def entered(people, **more):
    return enter_past(
        by=people.casemgr, region=Region.objects.get(code=factories.VILLAGE), title="套取扶持资金问题",
        case_number="青纪立〔2018〕1 号", received_on=date(2018, 1, 5), filed_on=date(2018, 2, 1),
        decided_on=date(2018, 5, 2), concluded_on=date(2018, 5, 9), name="周某某", measure="party_warning",
        party_member=True, document_number="1", result_text="已处分。",
        handling_unit=people.investigator.home.unit, **more,
    )  # fmt: skip


def test_a_leader_leads_in_one_of_the_bodies_concerned(make, people, afar):
    lead = make()
    for act in (
        lambda who: make.dispatch(lead, leader=who),
        lambda who: services.assign(make("signed_for"), by=people.casemgr, leader=who),
        lambda who: entered(people, leader=who),
    ):
        for who in (afar, people.inspector1):
            with pytest.raises(RuleBroken) as refused:
                act(factories.fresh(who))
            assert refused.value.field == "leader"
    people.leader.is_active = False
    people.leader.save()
    for act in (lambda who: make.dispatch(lead, leader=who), lambda who: entered(people, leader=who)):
        with pytest.raises(RuleBroken):
            act(factories.fresh(people.leader))
    make.dispatch(
        lead, handling_unit=afar.home.unit, leader=afar
    )  # 交叉办理: the leader of the office that handles
    assert Lead.objects.get(pk=lead.pk).leader == afar


def test_a_handler_holds_a_post_that_handles_leads_in_the_office(make, people, clerk):
    lead = make()
    with pytest.raises(RuleBroken) as refused:
        make.dispatch(lead, handler=clerk)
    assert refused.value.code == "dispatch.handler"
    with pytest.raises(RuleBroken) as refused:
        services.assign(make("signed_for"), by=people.casemgr, handler=clerk)
    assert refused.value.code == "assign.handler"
    make.dispatch(lead, handler=people.inspector2)


def test_the_number_is_read_where_it_is_cited_and_leads_only_those_who_may(client, make, people):
    call = ring(people)
    make_lead(call, people)
    lead = again(call).lead
    own, main = make(by=people.inspector1, channel="own_discovery"), make()
    services.merge(own, by=people.casemgr, into=main)
    for who, page, cited in ((people.leader, call, lead), (people.inspector1, own, main)):
        client.force_login(who)
        assert client.get(cited.get_absolute_url()).status_code == 404
        shown = client.get(page.get_absolute_url()).content.decode()
        assert cited.number in shown
        assert f'href="{cited.get_absolute_url()}"' not in shown
    client.force_login(people.casemgr)
    assert f'href="{main.get_absolute_url()}"' in client.get(own.get_absolute_url()).content.decode()
