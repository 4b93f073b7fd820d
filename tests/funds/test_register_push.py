"""Households pushed in one request: loaded when it is answered, all or what is right of them, no number ever sent back."""

import pytest

from funds.models import Beneficiary, HouseholdMark, Register, RegisterRefusal
from povertyaudit.core.models import IdempotencyRecord, Job
from tests.core.machines import API, assert_refusal, machine
from tests.funds.register_makers import lines, second_village

pytestmark = pytest.mark.django_db
NAMES = ("village", "household_no", "name", "relation", "id_number")
ROWS = [
    dict(zip(NAMES, line, strict=True))
    | {"relation": "户主", "household_no": str(number), "amount_fen": 45_005}
    for number, line in enumerate(lines(4), 1)
]
NUMBERS = [row["id_number"] for row in ROWS]
WRONG = [ROWS[0] | {"food": True, "exit": "out"}, ROWS[1] | {"id_number": "990101194001010007"},
         ROWS[2] | {"village": "990102101201", "name": ""}, ROWS[0]]  # fmt: skip


@pytest.fixture(autouse=True)
def villages(people):
    second_village()


def push(user, rows, mode="all", **more):
    said = {"kind": "SUBSISTENCE", "as_of": "2026-03-31", "mode": mode, "rows": rows, **more}
    headers = {"Idempotency-Key": f"push-{mode}-{len(rows)}"}
    return machine(user).post(f"{API}registers/batch/", said, format="json", headers=headers)


def test_all_are_there_when_it_is_answered_and_no_number_comes_back(people):
    made, again = push(people.casemgr, ROWS), push(people.casemgr, ROWS)
    assert (made.status_code, made.json()["state"], made.json()["kept_count"]) == (201, "loaded", 4), (
        made.json()
    )
    assert again.json() == made.json()
    assert [row.amount_fen for row in Beneficiary.objects.all()] == [45_005] * 4
    assert Job.objects.get().state == "done"
    later = machine(people.casemgr).post(
        f"{API}registers/batch/",
        {"kind": "SUBSISTENCE", "as_of": "2026-03-31", "mode": "all", "rows": ROWS},
        format="json",
    )
    assert later.json()["id"] == made.json()["id"]
    kept = str(IdempotencyRecord.objects.values()) + made.content.decode()
    assert not [number for number in NUMBERS if number in kept]
    assert not Register.objects.exclude(spool_sha256="").exists()


def test_one_wrong_row_and_nothing_is_kept_and_every_wrong_field_is_told(people):
    answer = push(people.casemgr, WRONG)
    assert_refusal(answer, 422)
    assert {error["field"] for error in answer.json()["errors"]} == {
        "rows.2.id_number", "rows.3.village", "rows.3.name", "rows.4.id_number",
    }  # fmt: skip
    assert "与第 1 条是同一个人" in str(answer.json())
    for kind in (Register, Beneficiary, Job):
        assert not kind.objects.exists()
    assert not [number for number in NUMBERS if number in answer.content.decode()]


def test_by_choice_what_is_right_is_kept(people):
    said = push(people.finance, WRONG, "partial").json()
    assert (said["state"], said["kept_count"], said["refused_count"]) == ("loaded", 1, 3)
    assert [(one["row"], one["field"]) for one in said["refusals"]] == [
        (2, "id_number"), (3, "village"), (3, "name"), (4, "id_number"),
    ]  # fmt: skip
    assert RegisterRefusal.objects.count() == 4
    mark = HouseholdMark.objects.get()
    assert (mark.food, mark.clothing, mark.exit) == (True, None, "out")


def test_who_may_not_load_and_what_is_no_batch_is_refused(people):
    assert_refusal(push(people.official, ROWS), 403)
    assert_refusal(push(people.casemgr, []), 400)
    assert_refusal(push(people.casemgr, ROWS[:1] * 1001), 400)
    assert_refusal(push(people.casemgr, ROWS, as_of="2099-01-01"), 422)
    malformed = push(people.casemgr, [ROWS[0], ROWS[1] | {"amount_fen": -1}])
    assert_refusal(malformed, 400)
    assert malformed.json()["field"] == "rows.2.amount_fen"
    assert not Register.objects.exists()
