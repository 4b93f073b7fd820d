"""资金种类: a dated list; a misuse keeps the word of the day it was found."""

from datetime import timedelta

import pytest

from funds.models import FundKind, Misuse
from povertyaudit.core import audit, hashing, moment, terms
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.verify import verify
from tests.funds import makers
from tests.funds.test_doors import NEW, api, form, web

pytestmark = pytest.mark.django_db


@pytest.fixture
def county_money():
    return FundKind.objects.get(code="COUNTY")


def change(people, draft):
    return terms.confirm(draft, by=people.secadmin)


def test_the_kind_is_chosen_on_the_page_shown_filtered_and_never_required(people, county_money):
    desk = web(people.finance)
    assert "统筹整合涉农资金" in desk.get("/misuses/new/").content.decode()
    assert desk.post("/misuses/new/", form(people, fund_kind=county_money.pk)).status_code == 302
    assert desk.post("/misuses/new/", form(people, title="没有区分", fund_kind="")).status_code == 302
    with_kind, without = Misuse.objects.order_by("pk")
    assert "县级专项" in desk.get(with_kind.get_absolute_url()).content.decode()
    assert without.fund_kind is None
    listed = desk.get("/misuses/?fund_kind=COUNTY&columns=number,fund_kind.name").content.decode()
    assert with_kind.number in listed
    assert without.number not in listed
    assert "县级专项" in desk.get("/misuses/?format=csv&columns=number,fund_kind.name").getvalue().decode()


def test_over_rest_it_goes_by_code(people):
    desk = api(people.finance)
    body = {**NEW, "responsible_unit": "柳溪镇人民政府", "amount_fen": 1_000}
    made = desk.post("/api/v1/misuses/", {**body, "fund_kind": "POOLED"}, format="json")
    assert (made.status_code, made.data["fund_kind"]) == (201, "POOLED")
    assert made.data["fund_kind_display"] == "统筹整合涉农资金"
    bare = desk.post("/api/v1/misuses/", {**body, "title": "没有区分"}, format="json")
    assert (bare.status_code, bare.data["fund_kind"]) == (201, None)
    assert len(desk.get("/api/v1/misuses/?fund_kind=POOLED").data["results"]) == 1
    for wrong in ("NOTHING", "\x00", 1, []):
        refused = desk.post("/api/v1/misuses/", {**body, "fund_kind": wrong}, format="json")
        assert (refused.status_code, refused.data["field"]) == (400, "fund_kind")


def test_a_new_name_leaves_the_old_words_and_an_ended_kind_is_refused(people, county_money, time_machine):
    before = makers.misuse(people, fund_kind=county_money)
    tomorrow = moment.today() + timedelta(days=1)
    change(people, terms.rename(county_money, by=people.casemgr, name="县级衔接资金", valid_from=tomorrow))
    time_machine.move_to(f"{tomorrow}T09:00:00+08:00")
    after = makers.misuse(people, found_on=tomorrow, fund_kind=county_money)
    before.refresh_from_db()
    assert (str(before.fund_kind), str(after.fund_kind)) == ("县级专项", "县级衔接资金")
    assert "县级衔接资金（原县级专项）" in web(people.finance).get("/misuses/").content.decode()
    over = tomorrow + timedelta(days=1)
    change(people, terms.end(after.fund_kind, by=people.casemgr, valid_from=over))
    time_machine.move_to(f"{over}T09:00:00+08:00")
    with pytest.raises(RuleBroken) as refused:
        makers.misuse(people, found_on=over, fund_kind=after.fund_kind)
    assert refused.value.field == "fund_kind"
    assert "县级衔接资金</option>" not in web(people.finance).get("/misuses/new/").content.decode()
    assert verify().broken == []


def test_a_record_from_before_the_list_still_has_its_digest_and_a_kind_slipped_in_is_seen(
    people, county_money
):
    row = makers.misuse(people)
    assert verify().broken == []
    row.refresh_from_db()
    columns = {f.attname: getattr(row, f.attname) for f in Misuse._meta.concrete_fields}
    for later in Misuse.later_columns:  # as the first release knew them
        del columns[later]
    assert list(audit.row_digests([row]).values()) == [hashing.digest(columns)]
    Misuse.objects.filter(pk=row.pk).update(fund_kind=county_money)
    assert "改动" in verify().broken[0]
    Misuse.objects.filter(pk=row.pk).update(fund_kind=None)
    assert verify().broken == []
