"""Two levels compare what they hold: by a file or by the rows of the other side."""

import pytest
from django.core.management import CommandError, call_command

from funds.models import Misuse
from povertyaudit.core import rows
from povertyaudit.exchange import comparing
from tests.core.machines import API, machine, misuse


def test_two_levels_compare_their_ledgers(people, tmp_path, capsys):
    made = [misuse(people, title=f"第{n}件") for n in range(3)]
    kept = tmp_path / "kept.ndjson"
    kept.write_bytes(machine(people.casemgr).get(f"{API}misuses/ledger.ndjson").getvalue())
    call_command("compare_ledger", "misuses", str(kept), "--as", "casemgr")
    assert "相符：3 行" in capsys.readouterr().out
    rows.change(made[0], verb="misuse.amend", by=people.finance, changes={"title": "改过"})
    fresh = misuse(people)
    with pytest.raises(CommandError) as told:
        call_command("compare_ledger", "misuses", str(kept), "--as", "casemgr")
    assert f"版本不同：{made[0].public_id}（本级第 2 版，对方第 1 版）" in str(told.value)
    assert f"只在本级：{fresh.public_id}" in str(told.value)
    with pytest.raises(CommandError, match="没有“regions”这个台账"):
        call_command("compare_ledger", "regions", str(kept), "--as", "casemgr")


def test_what_is_only_there_is_named(people):
    row = misuse(people)
    found = comparing.compare(Misuse.objects.all(), [(row.public_id, row.version), ("x" * 22, 1)])
    assert (found.there, found.here, found.versions, found.count) == (["x" * 22], [], [], 1)
