"""Up to 1,000 rows in one request: all or none, or each by itself; every wrong row is told, sent twice nothing is done twice."""

import pytest

from cases.api.examples import REGISTER
from cases.models import Lead
from funds.models import Misuse, Recovery
from povertyaudit.core import rows
from povertyaudit.core.models import AuditEntry, IdempotencyRecord, VaultEntry
from tests import factories
from tests.core.machines import API, NEW_MISUSE, assert_refusal, machine, misuse

GOOD = [NEW_MISUSE | {"title": f"第{n}件", "confirmed": True} for n in (1, 2, 3)]
LEAD = REGISTER | {"region": factories.TOWN, "subjects": []}
TAKEN = {
    "kind": "confiscated", "amount_fen": 50, "received_on": "2026-01-06", "voucher_no": "PZ-1", "destination": "县财政专户",
}  # fmt: skip
WRONG = [GOOD[0], GOOD[1] | {"amount_fen": -1}, GOOD[2] | {"kind": "NONE"}]


def send(people, given, mode, path="misuses/batch/", **headers):
    return machine(people.finance).post(
        f"{API}{path}", {"mode": mode, "rows": given}, format="json", headers=headers
    )


def test_all_are_kept_each_with_its_own_record(people):
    answer = send(people, GOOD, "all")
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["done"], said["refused"]) == (3, 0)
    assert {one["id"] for one in said["results"]} == set(Misuse.objects.values_list("public_id", flat=True))
    assert AuditEntry.objects.filter(verb="misuse.register_misuse").count() == 3


def test_one_wrong_row_and_nothing_is_kept_and_all_wrong_ones_are_told(people):
    answer = send(people, WRONG, "all")
    assert_refusal(answer, 422)
    assert {error["field"] for error in answer.json()["errors"]} == {"rows.2.amount_fen", "rows.3.kind"}
    assert not Misuse.objects.exists()


def test_by_choice_the_good_ones_are_kept(people):
    said = send(people, WRONG, "partial").json()
    assert [(one["row"], one["ok"], one["status"]) for one in said["results"]] == [
        (1, True, 201), (2, False, 400), (3, False, 400),
    ]  # fmt: skip
    assert said["results"][1]["errors"][0]["field"] == "amount_fen"
    assert Misuse.objects.get().title == "第1件"


def test_sent_again_under_its_key_it_is_done_once(people):
    first = send(people, GOOD, "all", **{"Idempotency-Key": "push-1"})
    again = send(people, GOOD, "all", **{"Idempotency-Key": "push-1"})
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Misuse.objects.count() == 3


@pytest.mark.parametrize("seen", ["stale", "fresh"])
def test_a_verb_names_its_record_and_the_version_it_saw(people, seen):
    row = misuse(people)
    given = {**TAKEN, "id": row.number, "version": row.version + (seen == "stale")}
    unknown = {**given, "id": "没有这一件", "voucher_no": "PZ-2"}
    said = send(people, [given, unknown], "partial", "misuses/batch/record_recovery/").json()
    assert [one["status"] for one in said["results"]] == [412 if seen == "stale" else 200, 422]
    assert Recovery.objects.count() == (seen == "fresh")


def test_a_version_that_is_none_is_refused(people):
    given = {**TAKEN, "id": misuse(people).number}
    wrong = [{**given, "version": version} for version in ("1", True, 1.0)]
    said = send(people, wrong, "partial", "misuses/batch/record_recovery/").json()
    assert [one["errors"][0]["field"] for one in said["results"]] == ["version"] * 3
    assert not Recovery.objects.exists()


def test_too_many_rows_are_refused(people):
    assert_refusal(send(people, GOOD[:1] * 1001, "partial"), 400)


def test_leads_are_handed_over_in_one_request_and_who_complained_is_sealed(people):
    """What comes back names no complainant, nor does what is kept for a repetition; the vault holds each."""
    leads = [
        LEAD | {"title": "反映公益岗位虚设", "complainant": {"name": "周某某", "phone": "0990-5123001"}},
        LEAD | {"title": "反映低保金被截留", "complainant": {"name": "吴某某", "phone": "0990-5123002"}},
    ]
    wrong = LEAD | {"received_on": "明天", "complainant": {"name": "郑某某"}}

    def post(mode, given):
        body, headers = {"mode": mode, "rows": given}, {"Idempotency-Key": f"leads-{len(given)}"}
        return machine(people.petition).post(f"{API}leads/batch/", body, format="json", headers=headers)

    refused = post("all", [*leads, wrong])
    assert_refusal(refused, 422)
    assert {error["field"] for error in refused.json()["errors"]} == {"rows.3.received_on"}
    assert not Lead.objects.exists()
    made, again = post("all", leads), post("all", leads)
    assert (made.status_code, made.json()["done"]) == (200, 2)
    assert again.json() == made.json()
    assert {one["number"] for one in made.json()["results"]} == set(
        Lead.objects.values_list("number", flat=True)
    )
    assert VaultEntry.objects.count() == 2
    for text in (refused.content.decode(), made.content.decode(), str(IdempotencyRecord.objects.values())):
        assert not {name for name in ("周某某", "吴某某", "郑某某", "0990-5123") if name in text}


def test_a_row_names_nothing_outside_the_scope_and_makes_nothing_there(people):
    there = factories.unit("云屏县扶贫办", region=factories.YUNPING)
    far = misuse(people)
    moved = {"region": there.region, "responsible_unit": there}
    rows.change(far, verb="misuse.amend", by=people.finance, changes=moved)
    (said,) = send(people, [{**TAKEN, "id": far.number}], "partial", "misuses/batch/record_recovery/").json()[
        "results"
    ]
    assert (said["status"], said["errors"][0]["field"]) == (422, "id")
    assert not Recovery.objects.exists()
    (made,) = send(people, [GOOD[0] | {"responsible_unit": there.name}], "partial").json()["results"]
    assert not made["ok"]
    assert Misuse.objects.count() == 1
