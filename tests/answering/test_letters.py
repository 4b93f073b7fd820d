"""责任书 signed by both while in office; 交接 confirmed by two; the morning's reminders."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.answering.models import Letter, Responsibility, TermHandover
from povertyaudit.answering.services import handing, letters, reminding, terms
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, WrongState
from povertyaudit.core.models import Notification, Role
from povertyaudit.core.verify import verify
from tests import factories
from tests.answering import makers
from tests.answering.test_terms import api, refusal, text, web

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def heads(people):
    """The head of the county, of 柳溪镇 (with an account) and of 石桥坳村."""
    county = makers.term(people, "party_head", factories.QINGHE, "钱县")
    town = makers.term(
        people, "party_head", factories.TOWN, "", user=people.unithead, home_unit=people.unithead.home.unit
    )
    return county, town, makers.term(people, "village_party_head", name="石村")


def test_letters_of_a_county_in_one_go_signed_on_pages(people, heads):
    county, town, village = heads
    desk = web(people.casemgr)
    said = {"year": "2026", "region": factories.QINGHE, "paper_no": "青办发〔2026〕2号"}
    assert desk.post("/responsibility-letters/year/", said).status_code == 302
    assert Letter.objects.count() == 2
    again = desk.post("/responsibility-letters/year/", said)
    assert again.status_code == 422
    row = Letter.objects.get(lower=town)
    assert (row.upper, Letter.objects.get(lower=village).upper) == (county, town)
    head, here = web(people.unithead), row.get_absolute_url()
    assert "待签字的责任书" in text(head.get("/"))
    form = text(head.get(f"{here}sign/"))
    assert 'value="lower"' in form
    assert 'value="upper"' not in form
    assert head.post(f"{here}sign/", {"side": "lower"}).status_code == 302
    assert desk.post(f"{here}sign/", {"side": "upper", "signed_on": "2026-01-20"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.upper_signed_on, row.lower_signed_on) == (
        "signed",
        date(2026, 1, 20),
        moment.today(),
    )
    assert "钱县" in text(desk.get(f"{here}paper/"))
    assert web(people.otherofficial).get(here).status_code == 404
    assert "青办发〔2026〕2号" in text(desk.get("/responsibility-letters/?columns=number,paper_no"))
    assert verify().broken == []


def test_an_expired_post_signs_nothing(people, heads):
    county, town, _ = heads
    row = letters.draw_up(by=people.casemgr, year=YEAR, upper=county, lower=town)
    terms.succeed(
        county, by=people.casemgr, name="石县", home_unit=county.home_unit, starts_on=date(2026, 2, 1)
    )
    said = {"side": "upper", "signed_on": "2026-02-03"}
    answer = api(people.casemgr).post(
        f"/api/v1/responsibility-letters/{row.public_id}/sign/", said, format="json"
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "signed_on")
    assert "任期是 2025-03-01 至 2026-01-31" in answer.json()["message"]
    page = web(people.casemgr).post(f"{row.get_absolute_url()}sign/", said)
    assert "不能以这一身份在 2026-02-03 签字" in page.context["form"].errors["signed_on"][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=row.pk).update(
            upper_signed_on=date(2026, 2, 3), upper_noted_by=people.casemgr
        )
    signed = letters.sign(row, by=people.casemgr, side="upper", signed_on=date(2026, 1, 31))
    assert signed.state == "drawn"
    assert refusal(lambda: letters.sign(row, by=people.casemgr, side="upper")).field == "side"
    # What was signed keeps the term from ending before.
    letters.sign(row, by=people.casemgr, side="lower", signed_on=date(2026, 3, 5))
    assert (
        "2026-03-05" in refusal(lambda: terms.end(town, by=people.casemgr, ends_on=date(2026, 3, 1))).message
    )
    assert refusal(lambda: terms.void(town, by=people.casemgr, note="x")).code == "responsibility.signed"


def test_what_a_letter_is_held_to(people, heads):
    county, town, village = heads

    def wrong(**more):
        said = {"year": YEAR, "upper": county, "lower": town, "by": people.casemgr, **more}
        return refusal(lambda: letters.draw_up(**said)).field

    assert wrong(upper=town, lower=county) == "upper"
    assert wrong(year=1990) == "year"
    assert wrong(year=2024) == "upper"  # neither was in office then: the first of two
    row = letters.draw_up(by=people.casemgr, year=YEAR, upper=county, lower=town, duties="产业")
    assert wrong() == "lower"
    with pytest.raises(NotAllowed):
        letters.draw_up(by=people.otherofficial, year=YEAR, upper=town, lower=village)
    with pytest.raises(NotAllowed, match="由签订人本人签字"):
        letters.sign(row, by=people.sector, side="lower")
    with pytest.raises(NotAllowed):
        letters.draw_year(by=people.secretary, year=YEAR, region=county.region)
    assert (
        refusal(
            lambda: letters.sign(
                row, by=people.casemgr, side="lower", signed_on=moment.today() + timedelta(days=1)
            )
        ).field
        == "signed_on"
    )
    letters.sign(row, by=people.unithead)
    assert refusal(lambda: letters.amend(row, by=people.casemgr, duties="别的")).field == "duties"
    assert letters.amend(row, by=people.casemgr, paper_no="2号").paper_no == "2号"
    letters.void(row, by=people.casemgr, note="签订人已调整。")
    assert letters.draw_up(by=people.casemgr, year=YEAR, upper=county, lower=town).number != row.number
    for change in (
        {"year": 1900}, {"state": "signed"}, {"upper": town.pk}, {"lower_noted_by": None, "lower_signed_on": moment.today()},
        {"region": factories.TOWN, "code": "party_head", "state": "drawn", "lower_signed_on": None, "lower_noted_by": None},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=row.pk).update(**change)


def test_a_term_is_handed_over_by_one_and_taken_by_another(people):
    row = makers.term(people)
    terms.succeed(
        row, by=people.inspector1, name="郑驻村", home_unit=row.home_unit, starts_on=date(2026, 4, 1)
    )
    row.refresh_from_db()
    here = row.get_absolute_url()
    town, desk = web(people.official), web(people.inspector1)
    with pytest.raises(WrongState):
        handing.take(row, by=people.inspector1)
    assert town.post(f"{here}give/", {"listed": "", "given_on": "2026-04-02"}).status_code == 400
    early = town.post(f"{here}give/", {"listed": "台账三本", "given_on": "2024-04-02"})
    assert "given_on" in early.context["form"].errors
    assert town.post(f"{here}give/", {"listed": "台账三本", "given_on": "2026-04-02"}).status_code == 302
    assert "待接收的任期交接" in text(desk.get("/"))
    assert town.post(f"{here}take/", {"taken_on": "2026-04-03"}).status_code == 403
    assert desk.post(f"{here}take/", {"taken_on": "2026-04-03", "remarks": "相符"}).status_code == 302
    page = text(desk.get(here))
    assert "台账三本" in page
    assert "相符" in page
    one = TermHandover.objects.get()
    for change in ({"taken_by": one.given_by}, {"taken_on": None}, {"taken_on": date(2026, 4, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TermHandover.objects.filter(pk=one.pk).update(**change)
    assert api(people.inspector1).get(f"/api/v1{here}").json()["handover"]["remarks"] == "相符"
    assert verify().broken == []


def test_whoever_is_concerned_is_reminded_once_a_week(people, heads, django_assert_num_queries):
    sender = factories.user(Role.LIAISON, unit=factories.unit("县农业农村局"))
    today = moment.today()
    near = makers.term(people, ends_on=today + timedelta(days=30))
    makers.term(people, "team_member", name="冯驻村", ends_on=today - timedelta(days=3))
    makers.term(people, "team_leader", name="陈驻村", ends_on=today + timedelta(days=300))
    own = makers.term(
        people, "vice_head", factories.TOWN, "", user=people.official, home_unit=people.official.home.unit,
        ends_on=today + timedelta(days=5),
    )  # fmt: skip
    letters.draw_year(by=people.casemgr, year=today.year, region=heads[0].region)
    Notification.objects.all().delete()
    reminding.remind(today)
    reminding.remind(today)
    texts = dict(Notification.objects.filter(user=sender).values_list("key", "text"))
    assert list(texts.values()) == ["1 人任期即将届满，1 人任期已届满没有接任，请延期或者登记接任。"]
    mine = Notification.objects.filter(user=people.official).values_list("text", flat=True)
    assert any(f"将于 {own.ends_on} 届满" in one for one in mine)
    assert any("2 人任期即将届满，1 人" in one for one in mine)
    assert (
        Notification.objects.filter(user=people.unithead, url="/responsibility-letters/?tab=mine").count()
        == 1
    )
    assert not Notification.objects.filter(user=people.otherofficial).exists()
    assert near.number in text(web(people.inspector1).get("/responsibilities/?tab=due"))
    assert "即将届满、已经届满的任期" in text(web(people.inspector1).get("/"))
    assert reminding.owed(today, moment.now())[:1] in (
        [],
        [(f"answering:{today}", "answering", {"day": f"{today}"})],
    )
    assert Responsibility.objects.due(today, 60).count() == 3
