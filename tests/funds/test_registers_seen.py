"""名册: who sees which rows, never a number in sight but by a recorded reveal, marks by year, and what the database holds."""

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cases.models import LeadSubject
from funds.models import Beneficiary, HouseholdMark, Register
from funds.register_querysets import OWN_VILLAGES, REGION_WIDE
from funds.services import registers
from povertyaudit.core import id_seals, idnumbers, jobs, rotation, vault
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.id_bulk import Numbers
from povertyaudit.core.models import AuditEntry, AuditValue, UnitKind
from tests import factories
from tests.cases.conftest import Maker
from tests.funds.register_makers import (
    MARK_HEAD,
    file,
    lines,
    loaded,
    opened,
    second_village,
)
from tests.funds.register_makers import (
    csv as written,
)
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def villages(people):
    second_village()


def test_a_number_is_shown_to_those_who_handle_and_the_record_keeps_the_look(people, tmp_path):
    register = loaded(people.finance, file(tmp_path, written(lines(6))))
    number = lines(6)[2][4]
    assert registers.reveal(register, by=people.inspector1, line=4, note="核对疑点") == number
    entry = AuditEntry.objects.of(register).order_by("-seq").first()
    assert (entry.verb, entry.changes["line"], entry.actor) == ("register.reveal", 4, people.inspector1)
    for by, said, kind in (
        (people.finance, {"line": 4, "note": "看看"}, NotAllowed), (people.official, {"line": 4, "note": "看看"}, NotAllowed),
        (people.secadmin, {"line": 4, "note": "看看"}, NotAllowed), (people.casemgr, {"line": 4}, RuleBroken),
        (people.casemgr, {"line": 99, "note": "看看"}, RuleBroken),
    ):  # fmt: skip
        with pytest.raises(kind):
            registers.reveal(register, by=by, **said)
    found = registers.look_up(by=people.casemgr, id_number=number)
    assert [one.line for one in found] == [4]
    with pytest.raises(NotAllowed):
        registers.look_up(by=people.official, id_number=number)
    kept = [
        *AuditEntry.objects.values_list("changes", flat=True),
        *AuditValue.objects.values_list("value", flat=True),
    ]
    assert number not in str(kept)


def test_who_sees_which_rows(people, tmp_path):
    loaded(people.finance, file(tmp_path, written(lines(6))))
    seen = {
        name: Beneficiary.objects.visible_to(getattr(people, name)).count()
        for name in ("casemgr", "finance", "inspector1", "leader", "official", "otherofficial", "sector", "neighbour",
                     "neighbourofficial", "petition", "sysadmin", "secadmin", "auditor", "ledgerclient", "countyleader")
    }  # fmt: skip
    assert {name for name, count in seen.items() if count == 6} == {
        "casemgr",
        "finance",
        "inspector1",
        "leader",
    }
    assert {name: count for name, count in seen.items() if 0 < count < 6} == {
        "official": 3,
        "otherofficial": 3,
    }
    assert set(Beneficiary.objects.visible_to(people.official).values_list("region_id", flat=True)) == {
        factories.VILLAGE
    }


def test_marks_of_two_years_are_compared_and_follow_the_register_that_counts(people, tmp_path):
    yes = ["是"] * 6
    homes = [[*row, *yes, "脱贫"] for row in lines(12)]
    before = loaded(
        people.casemgr, file(tmp_path, written(homes, MARK_HEAD)), kind="POOR", as_of=date(2024, 12, 31)
    )
    assert (before.marks_year, HouseholdMark.objects.counted().count()) == (
        2024,
        4,
    )  # of twelve persons four are heads
    homes[0][9], homes[3][11] = "否", "返贫"  # a house no longer safe; one that fell back
    homes[6][11] = "稳定脱贫"
    homes[9][5] = "也许"
    now = loaded(
        people.casemgr,
        file(tmp_path, written(homes, MARK_HEAD), "b.csv"),
        kind="POOR",
        as_of=date(2025, 12, 31),
    )
    assert now.causes == {"mark": 1}
    marks = HouseholdMark.objects.filter(register=now).order_by("line")
    assert [(one.lost, one.changed) for one in marks] == [(True, True), (True, True), (False, True)]
    mid = loaded(
        people.casemgr,
        file(tmp_path, written(homes[:9], MARK_HEAD), "c.csv"),
        kind="POOR",
        as_of=date(2025, 6, 30),
    )
    now.refresh_from_db()
    assert (mid.marks_year, now.marks_year) == (None, 2025)  # the later day speaks for the year
    registers.void(now, by=people.casemgr, note="误传")
    mid.refresh_from_db()
    assert mid.marks_year == 2025
    assert HouseholdMark.objects.counted().filter(year=2025, lost=True).count() == 2


def test_numbers_by_the_thousand_are_the_numbers_one_by_one():
    bulk = Numbers()
    rows = [row[4] for row in lines(3000)]
    wrong = [number[:-1] + ("1" if number[-1] != "1" else "2") for number in rows[:50]]
    others = [
        "990101194002300001",
        "x",
        "",
        "９９０１０１１９４００１０１０００８",
        "990101400101001",
        rows[7].lower(),
    ]
    for number in [*rows, *wrong, *others, *rows]:
        try:
            alone = idnumbers.clean_id_number(number)
        except ValidationError:
            with pytest.raises(ValidationError):
                bulk.clean(number)
            continue
        assert bulk.clean(number) == alone
        key, sealed = bulk.keyed(alone)
        assert key == idnumbers.id_key(alone)
        assert id_seals.unseal(sealed, bulk.key_id, key) == alone
    sealed = [bulk.keyed(number)[1][:12] for number in rows]
    assert len(set(sealed)) == len(rows)  # no nonce twice


def test_a_new_key_reaches_every_row(people, tmp_path, settings):
    register = loaded(people.finance, file(tmp_path, written(lines(9))))
    broken = Beneficiary.objects.get(line=5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE funds_beneficiary SET sealed = %s WHERE id = %s", [b"x" * 46, broken.pk])
    settings.VAULT_OLD_KEYS, settings.VAULT_KEY = (settings.VAULT_KEY,), Fernet.generate_key().decode()
    assert [(key.present, key.counts["beneficiaries"]) for key in rotation.standing()] == [
        (True, 0),
        (False, 9),
    ]
    job = rotation.ask(by=people.secadmin, wake=False)
    rotation.work(job.payload, jobs.claim(job.pk, from_others=True))
    job.refresh_from_db()
    assert (job.result["beneficiaries"], job.result["damaged"], job.result["left"]) == (8, 1, 1)
    settings.VAULT_OLD_KEYS = ()
    assert registers.reveal(register, by=people.casemgr, line=4, note="核对") == lines(9)[2][4]
    with pytest.raises(vault.KeyMissing):
        registers.reveal(register, by=people.casemgr, line=5, note="核对")


def refused(act):
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def test_what_the_database_holds(people, tmp_path):
    register = loaded(people.finance, file(tmp_path, written(lines(4))))
    row = {
        "region_id": factories.VILLAGE,
        "line": 9,
        "name": "陶有田",
        "id_key": b"a" * 16,
        "sealed": b"b",
        "key_id": "k",
    }
    open_ = opened(people.finance, file(tmp_path, written(lines(5)), "b.csv"), as_of=date(2026, 2, 1))
    mark = {"region_id": factories.VILLAGE, "year": 2026, "line": 1, "household_no": "1", "head_name": "陶"}
    some = Beneficiary.objects.filter(register=register)
    broken = (
        lambda: Beneficiary.objects.create(register=register, **row),
        lambda: Beneficiary.objects.create(register=open_, **row | {"region_id": factories.TOWN}),
        lambda: Beneficiary.objects.create(register=open_, **row | {"region_id": "990102101201"}),
        lambda: Beneficiary.objects.create(register_id=10**9, **row),
        lambda: Beneficiary.objects.create(register=open_, amount_fen=-1, **row),
        lambda: some.update(name="别人"),
        lambda: some.update(id_key=b"c" * 16),
        lambda: some.delete(),
        lambda: HouseholdMark.objects.create(register=register, **mark),
        lambda: [HouseholdMark.objects.create(register=open_, **mark) for _ in range(2)],
        lambda: Register.objects.filter(pk=register.pk).update(kept_count=99),
        lambda: Register.objects.filter(pk=register.pk).update(failure="没有"),
        lambda: Register.objects.filter(pk=open_.pk).update(state="failed"),
        lambda: Register.objects.filter(pk=open_.pk).update(state="loaded", as_of=register.as_of),
    )
    taken = [number for number, wrong in enumerate(broken) if not refused(wrong)]
    assert taken == []
    Beneficiary.objects.create(register=open_, **row)
    Register.objects.filter(pk=register.pk).update(marks_year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Register.objects.filter(pk=open_.pk).update(state="loaded", marks_year=2026)


def test_who_is_complained_of_has_the_key_of_the_registers(people):
    number = lines(1)[0][4]
    person = Maker(people)("registered").subjects.first()
    assert person.id_key is None
    LeadSubject.objects.filter(pk=person.pk).update(
        id_digest=idnumbers.known(number).digest, id_last4="0008", id_key=idnumbers.id_key(number)
    )
    for wrong in ({"id_key": b"a" * 16}, {"id_key": None}, {"id_digest": "", "id_last4": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeadSubject.objects.filter(pk=person.pk).update(**wrong)


def test_the_head_row_of_a_register_is_nobodys_in_another_county(people, tmp_path):
    """Not even that it is there: lists, tables to take away, the address, REST; a township's neither."""
    register = loaded(people.finance, file(tmp_path, written(lines(6))))
    here, there = f"/registers/{register.public_id}/", "990102000000"
    office = factories.unit("邻县某室", region=there)
    town = factories.unit("松涛镇人民政府", UnitKind.TOWNSHIP, "990102101000")
    others = [factories.user(role, unit=office, region=there) for role in sorted(REGION_WIDE)]
    others += [factories.user(role, unit=town, region="990102101000") for role in sorted(OWN_VILLAGES)]
    for who in others:
        seen = Register.objects.visible_to(factories.fresh(who))
        assert not seen.exists(), who
        assert not Beneficiary.objects.visible_to(factories.fresh(who)).exists(), who
        assert web(who).get(here).status_code == 404, who
        assert api(who).get(f"/api/v1/registers/{register.public_id}/").status_code == 404, who
    for who in (others[0], others[-1]):
        assert api(who).get("/api/v1/registers/").data["results"] == []
        pages = [web(who).get("/registers/").content, web(who).get("/registers/?format=csv").getvalue()]
        assert register.number not in b"".join(pages).decode()
    assert web(people.casemgr).get(here).status_code == 200
    assert register.number in web(people.casemgr).get("/registers/").content.decode()
