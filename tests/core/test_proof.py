"""The offline proof bundle: a county's record on a machine that has nothing but Python, and every way to tamper with it."""

import hashlib
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from povertyaudit.core import comments, moment
from povertyaudit.core.models import AuditEntry
from povertyaudit.core.proof import check
from povertyaudit.core.sealing import seal
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import Maker
from tests.cases.conftest import services as cases
from tests.core.machines import machine
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db
PLANTED = "甲乙丙丁某"
INFORMANT = "戊己庚某"
SHA256 = hashlib.sha256


@pytest.fixture
def county(people, settings, tmp_path):
    """Leads and an item of 青禾县, a secret round, and a lead of the neighbour; sealed once, then one more act."""
    settings.DATA_DIR = tmp_path / "data"
    make = Maker(people)
    lead = make(
        "dispatched",
        title=f"反映{PLANTED}冒领",
        text=f"{PLANTED}以他人名义申领。",
        subjects=[{"name": PLANTED, "unit_text": PLANTED, "post_text": "支部书记", "kind": "village_cadre"}],
        identity_status="claimed",
        complainant={"name": INFORMANT, "phone": "13800138000"},
    )
    comments.write(lead, by=people.inspector1, text=f"请核对{PLANTED}的花名册")
    items.at(items.people(), "accepted")
    secret = rounds.round_(people, f"保密轮次{PLANTED}", secret=True)
    rounds.finding(people, secret, text=f"{PLANTED}的问题")
    seal()
    cases.press(lead, by=people.casemgr, note=f"请{PLANTED}抓紧。")
    return lead


def export(path, *arguments):
    out = StringIO()
    call_command("verify_ledger", "--export", str(path), "--region", factories.QINGHE, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def bundle(county, tmp_path):
    """The bundle, unpacked."""
    path = tmp_path / "proof.zip"
    said = export(path)
    assert "操作记录" in said
    folder = tmp_path / "proof"
    zipfile.ZipFile(path).extractall(folder)
    return folder


def run(folder, *arguments):
    """The shipped script on another machine: plain Python, no packages, no settings."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "check.py"), *arguments], capture_output=True, text=True,
        encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def rows(folder, name):
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def rewrite(folder, name, lines, *, manifest=True):
    """Write a member anew; a forger who knows the format mends the manifest as well."""
    content = b"".join(check.canonical(line) + b"\n" for line in lines)
    (folder / name).write_bytes(content)
    if manifest:
        said = json.loads((folder / "manifest.json").read_text("utf-8"))
        said["members"][name] = {"sha256": SHA256(content).hexdigest(), "lines": len(lines)}
        (folder / "manifest.json").write_bytes(check.canonical(said) + b"\n")


def test_the_bundle_agrees_on_a_machine_with_nothing_but_python(bundle, county, tmp_path):
    code, said = run(bundle)
    assert (code, said[:5]) == (0, "全部相符。"), said
    assert "青禾县" in said
    assert "尚未封印的记录 1 条" in said
    code, said = run(
        bundle, str(tmp_path / "proof.zip"), "--anchor", str(tmp_path / "data/seals/seals.ndjson")
    )
    assert code == 0, said


def test_it_holds_the_record_of_the_county_and_nothing_else(bundle, county, people):
    entries = rows(bundle, "entries.ndjson")
    assert {e["target_number"] for e in entries} >= {county.number}
    assert [e["seq"] for e in entries if e["target_public_id"] == county.public_id] == list(
        range(1, AuditEntry.objects.of(county).count() + 1)
    )
    assert all(e["region_code"].startswith("990101") for e in entries)
    foreign = Maker(people).register(by=people.neighbour, channel="handover", region=place(factories.YUNPING))
    export(bundle.parent / "second.zip")
    assert foreign.number not in zipfile.ZipFile(bundle.parent / "second.zip").read("entries.ndjson").decode()


def place(code):
    from povertyaudit.core.models import Region

    return Region.objects.get(code=code)


def test_no_name_no_text_and_no_secret_plan_is_in_it(bundle):
    everything = "".join(path.read_text("utf-8") for path in bundle.iterdir())
    for planted in (
        PLANTED,
        INFORMANT,
        "13800138000",
        "未编号",
        "保密轮次",
        "inspections.round",
        "inspections.finding",
    ):
        assert planted not in everything.replace((bundle / "README.txt").read_text("utf-8"), "").replace(
            (bundle / "check.py").read_text("utf-8"), ""
        ), planted
    assert len([leaf for leaf in rows(bundle, "leaves.ndjson") if "digest" in leaf]) >= 2  # the secret chains


def test_the_export_is_an_act_on_the_record_with_the_manifests_digest(bundle, people):
    entry = AuditEntry.objects.get(verb="export.proof")
    assert entry.region_code == factories.QINGHE
    value = SHA256((bundle / "manifest.json").read_bytes()).hexdigest()
    assert entry.changes["manifest"] == value
    assert run(bundle, "--manifest", value)[0] == 0
    assert run(bundle, "--manifest", "0" * 64)[0] == 1
    assert verify().broken == []
    assert "export.proof" in machine(people.auditor).get("/api/v1/audit/?limit=5000").content.decode()


def test_the_digest_of_a_ledger_can_be_compared(bundle, people):
    address = f"ledger.digest?region={factories.QINGHE}"
    for things in ("leads", "items"):
        told = machine(people.ledgerclient).get(f"/api/v1/{things}/{address}").json()
        code, said = run(bundle, "--digest", f"{things}={told['digest']}")
        assert code == 0, said
    code, said = run(bundle, "--digest", f"leads={'0' * 64}")
    assert (code, "台账摘要不符：leads" in said) == (1, True)


def change_entry(entries):
    entries[1]["verb"] = "lead.close"
    return entries


def change_and_rehash(entries):
    """The forger recomputes the chain to its end."""
    entries[0]["verb"], previous = "lead.forge", None
    for entry in entries:
        if (
            entry["target_id"] != entries[0]["target_id"]
            or entry["target_label"] != entries[0]["target_label"]
        ):
            break
        entry["previous"] = previous or ""
        value = check.canonical({name: entry[name] for name in check.ENTRY})
        entry["hash"] = previous = check.digest(value, entry["algorithm"])
    return entries


def break_link(entries):
    entries[1]["previous"] = "0" * 64
    return entries


@pytest.mark.parametrize(
    ("name", "tamper", "sentence"),
    [
        ("entries.ndjson", change_entry, "操作记录被改动："),
        ("entries.ndjson", change_and_rehash, "封印后的操作记录被改动："),
        ("entries.ndjson", break_link, "操作记录前后不衔接："),
        ("entries.ndjson", lambda all_: all_[:1] + all_[2:], "操作记录缺失或次序不符："),
        ("entries.ndjson", lambda all_: [all_[1], all_[0], *all_[2:]], "操作记录缺失或次序不符："),
        ("entries.ndjson", lambda all_: all_[:-1], "操作记录缺失或次序不符："),
        ("entries.ndjson", lambda all_: [*all_, all_[-1]], "多出操作记录："),
        ("seals.ndjson", lambda all_: [all_[0] | {"root": "0" * 64}], "封印被改动或缺失：第 1 枚"),
        ("seals.ndjson", lambda all_: [], "封印"),
        ("leaves.ndjson", lambda all_: all_[1:], "封印的根不符：第 1 枚"),
        ("leaves.ndjson", lambda all_: [all_[-1], *all_[:-1]], "封印的根不符：第 1 枚"),
        ("chains.ndjson", lambda all_: [row | {"rows": {}} for row in all_], "业务数据与操作记录不符："),
        ("chains.ndjson", lambda all_: all_[:-1], "多出操作记录："),
        ("versions.ndjson", lambda all_: all_, ""),
    ],
)
def test_whatever_is_changed_is_named_even_when_the_manifest_is_mended(bundle, name, tamper, sentence):
    rewrite(bundle, name, tamper(rows(bundle, name)))
    code, said = run(bundle)
    assert code == (1 if sentence else 0), said
    assert sentence in said


def test_an_old_entry_outside_every_seal_is_named(people, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    with moment.pretend(moment.now() - timedelta(days=3)):
        lead = Maker(people)("registered")
    seal()
    export(tmp_path / "proof.zip")
    folder = tmp_path / "proof"
    zipfile.ZipFile(tmp_path / "proof.zip").extractall(folder)
    assert run(folder)[0] == 0
    forged = change_and_rehash(rows(folder, "entries.ndjson"))
    stripped = [
        {"seal": leaf["seal"], "digest": check.leaf_digest(leaf["label"], leaf["id"], leaf["seq"], leaf["hash"], "sha256")}
        if "label" in leaf else leaf
        for leaf in rows(folder, "leaves.ndjson")
    ]  # fmt: skip
    rewrite(folder, "entries.ndjson", forged)
    rewrite(folder, "leaves.ndjson", stripped)
    code, said = run(folder)
    assert (code, "却不在封印内" in said) == (1, True), said
    assert lead.number in said


def test_without_mending_the_manifest_the_file_is_named_too(bundle):
    rewrite(bundle, "entries.ndjson", change_entry(rows(bundle, "entries.ndjson")), manifest=False)
    code, said = run(bundle)
    assert code == 1
    assert "操作记录被改动：" in said
    assert "文件 entries.ndjson 与清单不符" in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda said: said["counts"].update(entries=1), "清单上的数目不符：entries"),
        (lambda said: said["members"]["check.py"].update(sha256="0" * 64), "文件 check.py 与清单不符"),
        (lambda said: said.update(seals_with_leaves=[1, 5]), "封印的根不符：第 2 枚"),
        (lambda said: said.pop("counts"), "清单 manifest.json 无法读取"),
        (lambda said: said.update(format=9), "格式版本"),
    ],
)
def test_a_changed_manifest_is_named(bundle, change, sentence):
    said = json.loads((bundle / "manifest.json").read_text("utf-8"))
    change(said)
    (bundle / "manifest.json").write_bytes(check.canonical(said))
    code, told = run(bundle)
    assert (code, sentence in told) == (1, True), told


def test_a_seal_kept_elsewhere_uncovers_a_county_written_anew(bundle, tmp_path):
    kept = tmp_path / "kept.ndjson"
    kept.write_text(json.dumps({"seq": 1, "at": "2026-01-01", "hash": "0" * 64}) + "\n", "utf-8")
    code, said = run(bundle, "--anchor", str(kept))
    assert (code, "封印与外部留存不符：第 1 枚" in said) == (1, True)
