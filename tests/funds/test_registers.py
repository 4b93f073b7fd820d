"""名册: loaded whatever rubbish stands in them, replaced, voided, begun anew where a load was killed."""

import csv
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from funds.models import Beneficiary, Register, RegisterRefusal
from funds.models.registers import Cause
from funds.services import register_loading, registers
from povertyaudit.core import id_seals, idnumbers, jobs
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Job
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds.register_makers import (
    DAY,
    file,
    lines,
    loaded,
    opened,
    second_village,
)
from tests.funds.register_makers import (
    csv as written,
)
from tests.sheets import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def villages(people):
    second_village()


def command(path, **more):
    said = {"kind": "SUBSISTENCE", "as_of": DAY, "by": "casemgr"} | more
    call_command("load_households", str(path), **said)


RUBBISH = (  # column, what stands there, why it is not taken
    (0, "99010", Cause.REGION), (0, "990102101201", Cause.ELSEWHERE), (0, "990101101299", Cause.UNKNOWN),
    (0, factories.TOWN, Cause.LEVEL), (0, "990101102203", Cause.ABOLISHED), (2, "", Cause.NAME),
    (2, "张\u200b三\x07", Cause.NAME), (1, "户" * 31, Cause.TEXT), (4, "99010119", Cause.ID_SHAPE),
    (4, "9.90101194001010E+17", Cause.ID_DIGITS), (4, "990101194013010008", Cause.ID_DATE),
    (4, "990101194001010007", Cause.ID_CHECK), (6, "-5", Cause.AMOUNT), (6, "一百", Cause.AMOUNT),
)  # fmt: skip


def test_good_lines_go_in_and_every_bad_one_is_named(people, tmp_path, capsys):
    good = lines(40)
    rows = [[*row, "6222000011112345", "1,200.50" if n % 2 else "300", ""] for n, row in enumerate(good)]
    rows = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    bad = [[*row, "", "1", ""] for row in lines(40 + len(RUBBISH))[40:]]
    for row, (column, text, _) in zip(bad, RUBBISH, strict=True):
        row[column] = text
    twice = [[*good[3], "", "", ""]]
    path = file(tmp_path, written(rows + bad + twice))
    with pytest.raises(CommandError, match="占 27.3 %，超过 20 %"):
        command(path, at_most=20.0)
    said = capsys.readouterr().out
    assert "文件共 55 行，载入 40 行，没有载入 15 行" in said
    register = Register.objects.get()
    assert (register.state, register.kept_count, sum(register.causes.values())) == ("loaded", 40, 15)
    with (tmp_path / "名册.csv.refused.csv").open(encoding="utf-8-sig") as text:
        told = list(csv.reader(text))[1:]
    assert [int(line) for line, *_ in told] == list(range(42, 57))
    by_line = dict(RegisterRefusal.objects.values_list("line", "cause"))
    assert [by_line[42 + n] for n in range(len(RUBBISH))] == [cause for *_, cause in RUBBISH]
    assert told[-1][2] == "与第 5 行是同一个人，请删去一行。"
    numbers = {row[4] for row in lines(40 + len(RUBBISH))}
    everything = said + (tmp_path / "名册.csv.refused.csv").read_text("utf-8")
    assert not [number for number in numbers if number in everything or number[6:] in everything]
    one = Beneficiary.objects.get(line=3)
    number = good[1][4]
    assert bytes(one.id_key) == idnumbers.id_key(number)
    assert id_seals.unseal(bytes(one.sealed), one.key_id, bytes(one.id_key)) == number
    assert (one.amount_fen, one.account_tail, one.region_id) == (120_050, "2345", factories.VILLAGE)
    assert verify().broken == []


def test_the_same_file_is_unchanged_and_a_later_one_takes_its_place(people, tmp_path, capsys):
    first = loaded(people.casemgr, file(tmp_path, written(lines(8))))
    command(tmp_path / "名册.csv")
    assert f"没有变化：这个文件已载入为 {first.number}" in capsys.readouterr().out
    later = loaded(people.finance, file(tmp_path, written(lines(5)), "新.csv"))
    first.refresh_from_db()
    assert (first.state, later.state, Beneficiary.objects.standing().count()) == ("replaced", "loaded", 5)
    other_day = loaded(people.finance, file(tmp_path, written(lines(4)), "四月.csv"), as_of=date(2026, 4, 30))
    assert Register.objects.standing().count() == 2
    part = loaded(people.finance, file(tmp_path, written(lines(7)), "分册.csv"), part="白杨乡")
    assert (part.kept_count, part.causes) == (2, {"other_part": 5})  # five stand in the whole one already
    assert Beneficiary.objects.filter(register=other_day).count() == 4
    registers.void(part, by=people.finance, note="误传")
    with pytest.raises(NotAllowed, match="由载入名册的单位作废"):
        registers.void(later, by=people.casemgr, note="误传")
    assert [entry.verb for entry in AuditEntry.objects.of(first).order_by("seq")] == [
        "register.load", "register.finish", "register.replace",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "why"),
    [("姓名,身份证号\n", "没有“村代码”列"), ("甲,乙,丙\n", "没有找到表头"), ("村代码,姓名,身份证号\n", "文件里没有内容"),
     ("村代码,姓名,身份证号,身份证号\n", "有两列“身份证号”"),
     ('村代码,姓名,身份证号\n"' + "长" * 20_000, "第 2 行附近的引号")],
)  # fmt: skip
def test_a_file_that_is_none_fails_as_a_whole(people, tmp_path, head, why):
    with pytest.raises(CommandError, match=why):
        command(file(tmp_path, head))
    register = Register.objects.get()
    assert (register.state, register.read_count, Beneficiary.objects.count()) == ("failed", 0, 0)
    assert why in register.failure


def test_who_may_load_what(people, tmp_path):
    path = file(tmp_path, written(lines(2)))
    refusals = (
        (people.official, {}, NotAllowed, "由案管室、监督检查室或者财政部门"),
        (people.finance, {"region": factories.places()[factories.YUNPING]}, RuleBroken, "只能载入您管辖的县"),
        (people.finance, {"region": factories.places()[factories.TOWN]}, RuleBroken, "只能载入您管辖的县"),
        (people.finance, {"as_of": date(2999, 1, 1)}, RuleBroken, "不能晚于今天"),
    )
    for by, said, kind, words in refusals:
        with pytest.raises(kind, match=words):
            opened(by, path, **said)
    stuck = opened(people.finance, path)
    with pytest.raises(WrongState, match="正在载入同一种类"):
        opened(people.casemgr, file(tmp_path, written(lines(3)), "另.csv"))
    Job.objects.filter(key=registers.job_key(stuck)).update(state="failed")  # given up after twenty attempts
    assert opened(people.casemgr, tmp_path / "另.csv").state == "loading"
    stuck.refresh_from_db()
    assert (stuck.state, "请重新载入" in stuck.failure) == ("failed", True)


def test_a_killed_load_begins_anew_and_nobody_sees_half_of_it(people, tmp_path, monkeypatch):
    monkeypatch.setattr(register_loading, "BATCH", 3)
    register = opened(people.casemgr, file(tmp_path, written(lines(10))))
    job = Job.objects.get(key=registers.job_key(register))
    lease = jobs.claim(job.pk, from_others=True)

    def killed(read):
        if read == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register_loading.work(job.payload, lease, tell=killed)
    assert 0 < Beneficiary.objects.count() < 10
    assert Beneficiary.objects.visible_to(people.casemgr).count() == 0
    Job.objects.filter(pk=job.pk).update(
        state="queued", claim="", lease_until=None, run_after="2020-01-01T00:00Z"
    )
    assert jobs.run(job.pk) == "done"
    register.refresh_from_db()
    assert (register.state, register.kept_count, Beneficiary.objects.count()) == ("loaded", 10, 10)
    # a worker thought dead has written too: the rows are not those that were read
    other = opened(people.casemgr, file(tmp_path, written(lines(4)), "b.csv"), as_of=date(2026, 2, 1))
    lease = jobs.claim(Job.objects.get(key=registers.job_key(other)).pk, from_others=True)
    held = lease.renew

    def meanwhile(**values):
        Beneficiary.objects.create(
            register=other, region_id=factories.VILLAGE, line=9, name="陶有田", id_key=b"a" * 16, sealed=b"b", key_id="k"
        )  # fmt: skip
        held(**values)

    lease.renew = meanwhile
    with pytest.raises(jobs.LeaseLost):
        register_loading.work(lease.job.payload, lease)
    other.refresh_from_db()
    assert other.state == "loading"


def test_an_xlsx_reads_as_a_csv_does(people, tmp_path):
    rows = lines(5)
    rows[4][4] = 990101194001010000.0  # a number: its end is lost
    head = ["村代码", "户编号", "姓名", "与户主关系", "身份证号", "金额"]
    sheet = [["2026 年名册"], [], head, *([*row, 300.5 if n else 12] for n, row in enumerate(rows))]
    write(tmp_path / "名册.xlsx", sheet)
    register = loaded(people.casemgr, tmp_path / "名册.xlsx")
    assert (register.kept_count, register.causes) == (4, {"id_digits": 1})
    assert list(Beneficiary.objects.order_by("line").values_list("line", "amount_fen"))[:2] == [
        (4, 1200),
        (5, 30050),
    ]
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(CommandError, match="已损坏或不完整"):
        command(tmp_path / "坏.xlsx")
