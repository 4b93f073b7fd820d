"""The record over leads in every state: whole, and a row that was changed beside the services is named."""

import pytest

from cases import services as real
from cases.models import Lead, LeadStep
from povertyaudit.core import moment, verify
from tests.cases.conftest import Maker, services

pytestmark = pytest.mark.django_db


def test_the_record_of_leads_in_every_state_is_whole_and_a_changed_row_is_named(make, people):
    slip = real.receive_for_superior(by=people.petition, received_on=moment.today())
    real.send_up(slip, by=people.secretary, superior_receipt="澄信收〔2026〕31号")
    leads = [make(state, identity_status="claimed", complainant={"name": "李四"}) for state in Maker.ROAD]
    services.press(leads[1], by=people.casemgr, note="请抓紧。")
    services.recuse(leads[2], by=people.inspector2, note="近亲属。")
    services.acknowledge(leads[3], by=people.petition)
    services.extend(leads[3], by=people.secretary, clock="lead.propose", days=5, note="复杂。")
    assert verify.verify().broken == []
    Lead.objects.filter(pk=leads[4].pk).update(title="被人改动")
    LeadStep.objects.filter(lead=leads[5]).update(proposal="被人改动")
    broken = "".join(verify.verify().broken)
    assert leads[4].number in broken
    assert leads[5].number in broken
