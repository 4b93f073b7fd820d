"""`production` refuses to start half configured, in one sentence that names the variable."""

import base64
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

GOOD = {
    "POVERTYAUDIT_ENV": "production",
    "SECRET_KEY": "k3Jx-9fQ2vL7mZ0pR4sT8wY1bN6cD5hG-one",
    "VAULT_KEY": base64.urlsafe_b64encode(bytes(range(32))).decode(),
    "ID_MATCH_KEY": "p0Qx-8rT2uV5yB1nM4kL7jH9gF3dS6aZ-two",
    "ALLOWED_HOSTS": "ledger.example",
    "DATABASE_URL": "postgresql://u:p@127.0.0.1/ledger",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def start(tmp_path, **changes):
    values = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import povertyaudit.settings"],
        env={**kept, **values, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_configuration_starts(tmp_path):
    answer = start(tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert not list(tmp_path.glob("*.key"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", GOOD["ID_MATCH_KEY"]),
        ("VAULT_KEY", None),
        ("VAULT_KEY", "not base64 of thirty-two bytes, but long enough"),
        ("ID_MATCH_KEY", None),
        ("ID_MATCH_KEY", "weak"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "sqlite:////tmp/ledger.sqlite3"),
        ("DATABASE_URL", "mysql://h/ledger"),
        ("REDIS_URL", None),
        ("REDIS_URL", "localhost"),
        ("POVERTYAUDIT_ENV", "staging"),
    ],
)
def test_a_missing_or_weak_value_stops_the_start(tmp_path, name, value):
    answer = start(tmp_path, **{name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name}: ")
    assert len(answer.stderr.splitlines()) == 1
