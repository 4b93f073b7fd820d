"""A bundle of proof: spoilt, of a period, with another algorithm, and what the shipped script stands on."""

import hashlib
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from povertyaudit.core import hashing, moment
from povertyaudit.core.models import Seal
from povertyaudit.core.proof import check
from povertyaudit.core.sealing import merkle_root, seal
from tests import factories
from tests.cases.conftest import Maker
from tests.cases.conftest import services as cases
from tests.core.test_proof import bundle, county, export, rewrite, rows, run  # noqa: F401 — fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spoil", [
    lambda folder: (folder / "entries.ndjson").unlink(),
    lambda folder: (folder / "entries.ndjson").write_bytes(b"\xff\xfe{"),
    lambda folder: (folder / "chains.ndjson").write_bytes(b'{"label": 1}\n'),
    lambda folder: (folder / "seals.ndjson").write_bytes(b"[]\n"),
    lambda folder: (folder / "manifest.json").write_bytes(b"null"),
    lambda folder: (folder / "manifest.json").unlink(),
])  # fmt: skip
def test_a_spoilt_bundle_is_told_in_one_sentence(bundle, spoil):  # noqa: F811
    spoil(bundle)
    code, said = run(bundle)
    assert (code, said.count("\n"), said[:4]) == (1, 1, "不相符。"), said


def test_a_row_changed_in_the_database_shows_in_the_bundle(county, tmp_path):  # noqa: F811
    type(county).objects.filter(pk=county.pk).update(amount_fen=1)
    export(tmp_path / "proof.zip")
    zipfile.ZipFile(tmp_path / "proof.zip").extractall(tmp_path / "proof")
    code, said = run(tmp_path / "proof")
    assert (code, f"cases.lead:{county.public_id}" in said) == (1, True)


def test_a_period_begins_in_the_middle_of_a_chain_and_ends_at_a_seal(people, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    make, now = Maker(people), moment.now()
    days = [now - timedelta(days=back) for back in (9, 6, 3)]
    with moment.pretend(days[0]):
        lead = make("registered")
        seal()
    with moment.pretend(days[1]):
        make.dispatch(lead)
        seal()
    with moment.pretend(days[2]):
        cases.sign_for(lead, by=people.inspector1)
        seal()
    day = days[1].astimezone().date() if days[1].tzinfo else days[1].date()
    export(tmp_path / "p.zip", "--from", str(day - timedelta(days=1)), "--to", str(day + timedelta(days=1)))
    zipfile.ZipFile(tmp_path / "p.zip").extractall(tmp_path / "p")
    mine = [e for e in rows(tmp_path / "p", "entries.ndjson") if e["target_public_id"] == lead.public_id]
    assert mine[0]["verb"] == "lead.dispatch"
    assert mine[0]["seq"] > 1
    code, said = run(tmp_path / "p")
    assert code == 0, said
    assert "第 2 至 3 枚" in said


def test_bad_arguments_are_refused_with_a_sentence(people, tmp_path):
    for arguments in (
        (),
        ("--region", "123"),
        ("--region", factories.QINGHE, "--from", "2026-02-01", "--to", "2026-01-01"),
    ):
        with pytest.raises(CommandError):
            call_command("verify_ledger", "--export", str(tmp_path / "x.zip"), *arguments)
    with pytest.raises(CommandError, match="无法写入"):
        call_command("verify_ledger", "--export", "/nowhere/x.zip", "--region", factories.QINGHE)


def naive_root(leaves, algorithm):
    """The definition in docs/record.md, level by level."""
    level = leaves or [hashlib.new(algorithm, b"").hexdigest()]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [
            hashlib.new(algorithm, "".join(p).encode()).hexdigest() if len(p) == 2 else p[0] for p in pairs
        ]
    return level[0]


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_shipped_script_hashes_as_the_system_does(algorithm):
    if algorithm not in hashlib.algorithms_available:
        pytest.skip("OpenSSL here has no SM3")
    value = {"乙": [1, None, True], "甲": {"at": moment.now(), "on": datetime(2026, 1, 2).date()}}
    assert check.digest(check.canonical(hashing.plain(value)), algorithm) == hashing.digest(value, algorithm)
    for size in range(34):
        leaves = [hashlib.new(algorithm, str(n).encode()).hexdigest() for n in range(size)]
        assert merkle_root(leaves, algorithm) == naive_root(leaves, algorithm)


def test_an_algorithm_this_machine_lacks_is_told(bundle):  # noqa: F811
    rewrite(bundle, "seals.ndjson", [row | {"algorithm": "sm9"} for row in rows(bundle, "seals.ndjson")])
    code, said = run(bundle)
    assert (code, "不支持包内所用的摘要算法" in said) == (1, True)


def test_the_script_stands_on_the_standard_library_alone():
    text = Path(check.__file__).read_text("utf-8")
    assert "povertyaudit" not in text
    assert "import django" not in text


def test_sm3_bundles_are_checked_too(people, settings, tmp_path):
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("OpenSSL here has no SM3")
    settings.DATA_DIR, settings.AUDIT_HASH = tmp_path / "data", "sm3"
    Maker(people)("registered")
    seal()
    assert Seal.objects.get().algorithm == "sm3"
    export(tmp_path / "proof.zip")
    shutil.unpack_archive(tmp_path / "proof.zip", tmp_path / "proof")
    code, said = run(tmp_path / "proof")
    assert code == 0, said
