"""连续登记 `/leads/desk/`: a stack of letters, one form after the other, keeping what the clerk chose and nothing else."""

import re

import pytest

from cases.models import Lead
from povertyaudit.core import moment, numbering
from povertyaudit.core.models import Counter
from tests import factories
from tests.cases.test_registering import form

DESK = "/leads/desk/"


@pytest.fixture
def desk(client, people):
    client.force_login(people.petition)
    return client


def typed(**changes):
    return {**form(identity_status="claimed", name="李四保密", phone="13800138000"), **changes}


def test_after_saving_a_fresh_form_begins_with_what_was_kept(desk):
    opened = desk.get(DESK).content.decode()
    number = re.search(r"990101-XF-\d{4}-\d{4}", opened)[0]
    assert number in opened
    assert 'accesskey="s"' in opened
    assert "autofocus" in opened
    saved = desk.post(DESK, typed(
        channel="visit", source_count="3", keep=["channel", "details", "region", "category", "received_on"],
    ))  # fmt: skip
    assert saved.headers["Location"] == DESK
    lead = Lead.objects.get()
    assert lead.number == number
    fresh = desk.get(DESK)
    begins = fresh.context["form"].initial
    assert (begins["channel"], begins["source_count"], begins["region"]) == ("visit", "3", factories.TOWN)
    assert (begins["category"], begins["received_on"]) == ("false_claim", str(moment.today()))
    page = fresh.content.decode()
    assert lead.get_absolute_url() in page
    assert "本次已登记" in page
    assert f'value="{lead.title}"' not in page
    assert lead.text not in page


def test_what_was_not_kept_is_gone_and_nothing_of_the_vault_is_ever_kept(desk):
    desk.post(DESK, typed(keep=["channel", "name", "phone"]))
    assert not Lead.objects.exists()  # the vault is no choice
    desk.post(DESK, typed(keep=["channel"]))
    fresh = desk.get(DESK)
    assert set(fresh.context["form"].initial) == {"channel", "received_on", "keep"}
    kept = str(dict(desk.session))
    for secret in ("李四保密", "13800138000", Lead.objects.get().title, Lead.objects.get().text):
        assert secret not in kept
        assert secret not in fresh.content.decode() or secret == Lead.objects.get().title


def test_a_refusal_keeps_what_was_typed_and_registers_nothing(desk):
    answer = desk.post(DESK, typed(title="", keep=["channel"]))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "以他人名义申领。" in page
    assert "李四保密" not in page
    assert not Lead.objects.exists()


def test_a_double_press_registers_once_and_lists_it_once(desk):
    for _ in range(2):
        desk.post(DESK, typed(once="abc", keep=[]))
    assert Lead.objects.count() == 1
    assert len(desk.session["lead_desk"]["entered"]) == 1


def test_looking_at_the_next_number_takes_none(desk, people):
    before = list(Counter.objects.values_list("office", "last"))
    unit = people.petition.home.unit
    likely = [numbering.peek("lead", unit.region, unit.office_code) for _ in range(2)]
    desk.get(DESK)
    assert likely[0] == likely[1]
    assert list(Counter.objects.values_list("office", "last")) == before
    assert numbering.take("lead", unit.region, unit.office_code) == likely[0]


@pytest.mark.parametrize("who", ["leader", "secretary", "adjudicator", "official", "auditor", "ledgerclient"])
def test_others_have_no_desk(client, people, who):
    client.force_login(getattr(people, who))
    assert client.get(DESK).status_code == 403
