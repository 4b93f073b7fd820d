"""From signing for to crossing off: three persons, evidence, money."""

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core.errors import NotAllowed, RuleBroken, Several, WrongState
from povertyaudit.core.models import AuditEntry, Clock, Notification, Role
from rectification import services
from rectification.models import Item, State
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import SEEN, again, api, at, draft, photo, shown


def test_an_item_is_closed_by_three_persons(cast):
    item = draft(cast)
    services.issue(item, by=cast.inspector1)
    services.accept(item, by=cast.official)
    shown(cast, item)
    services.apply(item, by=cast.unithead, note="请予销号")
    services.review(item, by=cast.sector, note="属实")
    closed = services.verify(item, by=cast.inspector2, note="通过", **SEEN)
    assert (closed.state, closed.closed_late) == (State.CLOSED, False)
    assert [s.step for s in closed.signatures.all()] == ["apply", "review", "verify"]
    assert {closed.applicant_id, closed.reviewer_id, closed.verifier_id} == {
        cast.unithead.person_id, cast.sector.person_id, cast.inspector2.person_id
    }  # fmt: skip
    assert closed.closings.get().closed_on == closed.closed_on
    assert not Clock.objects.of(closed).open().exists()


def test_the_whole_way_over_rest(cast, client):
    made = api(client, cast.inspector1).post("items/", {
        "source": "audit", "paper": makers.paper(cast).number, "problem_class": "政策落实", "aspect": "拨付", "problem": "资金滞留", "due_on": "2027-06-30",
        "main_unit": "柳溪镇人民政府", "lead_unit": "县农业农村局", "measures": [{"text": "逐户兑付"}],
    })  # fmt: skip
    assert made.status_code == 201, made.content
    item = made.json()
    path = f"items/{item['id']}"
    assert api(client, cast.inspector1).post(f"{path}/issue/").status_code == 200
    assert api(client, cast.official).post(f"{path}/accept/").json()["state"] == "accepted"
    sent = api(client, cast.official).upload(f"{path}/report/", {
        "text": "已兑付到户", "measure": item["measures"][0]["id"], "measure_done": "true", "files": [photo()],
    })  # fmt: skip
    assert sent.status_code == 200, sent.content
    assert sent.json()["state"] == "accepted"
    assert sent.json()["measures_without_evidence"] == []
    assert "apply" in api(client, cast.unithead).get(f"{path}/").json()["actions"]
    assert api(client, cast.unithead).post(f"{path}/apply/", {"note": "请予销号"}).status_code == 200
    assert api(client, cast.sector).post(f"{path}/review/", {"note": "属实"}).status_code == 200
    done = api(client, cast.inspector2).post(f"{path}/verify/", {"note": "通过", **SEEN})
    assert done.status_code == 200, done.content
    assert [s["valid"] for s in done.json()["signatures"]] == [True, True, True]
    assert api(client, cast.neighbour).get(f"{path}/").status_code == 404


def test_an_item_of_a_round_is_verified_by_the_inspection_office(cast):
    item = at(cast, "sector_reviewed", source="finding", finding=makers.finding(cast), by=cast.patroloffice)
    with pytest.raises(NotAllowed):
        services.verify(item, by=cast.inspector2, **SEEN)
    assert services.verify(item, by=cast.patroloffice, **SEEN).state == State.CLOSED
    item.finding.refresh_from_db()
    assert item.finding.state == "handed_on"


def test_a_finding_is_handed_on_once(cast):
    found = makers.finding(cast)
    draft(cast, source="finding", finding=found, by=cast.patroloffice)
    with pytest.raises(WrongState):
        draft(cast, source="finding", finding=found, by=cast.patroloffice)


def test_nothing_is_applied_for_without_result_and_evidence(cast):
    item = at(cast, "accepted", measures=3)
    first = item.measures.first()
    services.report(item, by=cast.official, text="落实", measure=first, measure_done=True, files=[photo()])
    with pytest.raises(Several) as refused:
        services.apply(item, by=cast.unithead)
    assert [e.code for e in refused.value.errors] == ["close_out.no_result", "close_out.no_evidence"]
    assert "还有 2 条措施没有佐证材料（第 2 条、第 3 条）" in str(refused.value.errors[1])
    assert again(item).state == State.ACCEPTED


def test_nothing_is_applied_for_without_a_measure_or_a_report(cast):
    item = at(cast, "accepted", measures=0)
    with pytest.raises(RuleBroken, match="进展"):
        services.apply(item, by=cast.unithead)
    services.report(item, by=cast.official, text="进展")
    with pytest.raises(RuleBroken, match="没有整改措施"):
        services.apply(item, by=cast.unithead)


def test_money_must_be_back(cast, client):
    money = makers.misuse(cast, fen=1_234_500, back=200_000)
    item = at(cast, "accepted", misuses=[money])
    shown(cast, item)
    with pytest.raises(RuleBroken, match="10,345.00 元"):
        services.apply(item, by=cast.unithead)
    answer = api(client, cast.unithead).post(f"items/{item.public_id}/apply/")
    assert (answer.status_code, answer.json()["code"]) == (422, "close_out.money_outstanding")
    makers.repaid(cast, money, 1_034_500)
    assert services.apply(item, by=cast.unithead).state == State.CLOSURE_APPLIED


def test_money_that_goes_missing_again_stops_the_verification(cast):
    money = makers.misuse(cast, fen=50_000, back=50_000)
    item = at(cast, "sector_reviewed", misuses=[money])
    from funds import services as funds

    funds.void_recovery(money, by=cast.finance, recovery=money.recoveries.get(), note="错记")
    with pytest.raises(RuleBroken, match="500.00 元"):
        services.verify(item, by=cast.inspector2, **SEEN)


def test_only_the_head_of_the_main_unit_applies(cast):
    item = shown(cast, at(cast, "accepted", other_units=[cast.otherhead.current_posts()[0].unit]))
    for somebody in (cast.official, cast.otherhead, cast.sector, cast.inspector1):
        with pytest.raises(NotAllowed):
            services.apply(item, by=somebody)


def test_one_person_with_two_accounts_is_one_person(cast, client):
    item = at(cast, "closure_applied")
    twin = makers.second_account(cast.unithead, Role.SECTOR, cast.bureau, username="twin")
    with pytest.raises(NotAllowed) as refused:
        services.review(item, by=twin)
    assert refused.value.code == "review.same_person"
    answer = api(client, twin).post(f"items/{item.public_id}/review/")
    assert (answer.status_code, answer.json()["code"]) == (403, "review.same_person")
    assert "review" not in api(client, twin).get(f"items/{item.public_id}/").json()["actions"]


@pytest.mark.parametrize("who", ["unithead", "sector"])
def test_a_former_signer_does_not_verify(cast, client, who):
    item = at(cast, "sector_reviewed")
    twin = makers.second_account(
        getattr(cast, who), Role.SUPERVISION, cast.inspector1.current_posts()[0].unit, username="twin"
    )
    with pytest.raises(NotAllowed):
        services.verify(item, by=twin, **SEEN)
    answer = api(client, twin).post(f"items/{item.public_id}/verify/")
    assert (answer.status_code, answer.json()["code"]) == (403, "verify.same_person")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "closed"},
        {"closed_on": "2026-11-23"},
        {"reviewer_id": "applicant_id"},
        {"state": "sector_reviewed"},
        {"accepted_on": None},
        {"at_work_since": "2020-01-01"},
        {"issued_on": None},
    ],
)
def test_the_database_refuses_what_no_verb_would_write(cast, values):
    item = at(cast, "closure_applied")
    values = {
        k: getattr(item, v) if isinstance(v, str) and v.endswith("_id") else v for k, v in values.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**values)


@pytest.mark.parametrize(
    "pair", [("applicant", "reviewer"), ("applicant", "verifier"), ("reviewer", "verifier")]
)
def test_the_database_knows_three_distinct_signers(cast, pair):
    item = at(cast, "closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**{pair[0]: getattr(item, pair[1])})


def test_closing_after_the_date_stays_visible(cast, time_machine_at):
    item = at(cast, "sector_reviewed", days=3)
    with time_machine_at(days=10):
        closed = services.verify(item, by=factories.fresh(cast.inspector2), **SEEN)
    assert closed.closed_late
    assert closed.closings.get().late


def test_the_next_person_is_told_by_number_and_link_only(cast):
    item = at(cast, "sector_reviewed")
    told = Notification.objects.filter(target_id=item.pk, user=cast.sector).values_list("text", flat=True)
    assert any("请审核" in text for text in told)
    for text in Notification.objects.values_list("text", flat=True):
        assert item.problem not in text
    assert Notification.objects.filter(user=cast.inspector1, text__contains="请复核").exists()


def test_the_clocks_follow_the_item(cast):
    item = at(cast, "issued")
    assert set(Clock.objects.of(item).running().values_list("code", flat=True)) == {
        "item.accept",
        "item.rectify",
    }
    clock = Clock.objects.of(item).get(code="item.rectify")
    assert (clock.owner_user, clock.head_user, clock.owner_unit) == (cast.official, cast.unithead, cast.town)
    services.accept(item, by=cast.official)
    shown(cast, item)
    services.apply(item, by=cast.unithead)
    running = dict(Clock.objects.of(item).running().values_list("code", "owner_user__username"))
    assert running == {"item.rectify": "official", "item.review": "sector"}
    services.review(item, by=cast.sector)
    assert set(Clock.objects.of(item).running().values_list("code", flat=True)) == {
        "item.rectify",
        "item.verify",
    }


def test_every_verb_leaves_one_entry(cast):
    item = at(cast, "closed", measures=1)
    verbs = list(AuditEntry.objects.of(item).order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        f"item.{v}" for v in ("create", "issue", "accept", "report", "apply", "review", "verify")
    ]


def test_an_accepted_item_stays_accepted_when_reported_and_rectifies_with_the_first_own_work(cast):
    item = at(cast, "accepted")
    assert services.report(item, by=cast.official, text="进展").state == State.ACCEPTED
    assert services.add_measure(item, by=cast.official, text="另加一条").state == State.RECTIFYING
    assert again(item).measures.last().no == 3
