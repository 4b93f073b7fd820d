"""What the environment may say."""

import base64

import pytest

from povertyaudit import env

pytestmark = pytest.mark.once


def test_a_variable_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "it").write_text("值\n", encoding="utf-8")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "it"))
    assert env.text("THING") == "值"


def test_the_variable_itself_wins_over_its_file(monkeypatch, tmp_path):
    monkeypatch.setenv("THING", "here")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "nowhere"))
    assert env.text("THING") == "here"


def test_a_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("THING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(env.Refusal, match="THING_FILE.*读不到"):
        env.text("THING")


@pytest.mark.parametrize(("value", "means"), [("yes", True), ("OFF", False), ("1", True), ("", True)])
def test_a_flag_is_yes_or_no(monkeypatch, value, means):
    monkeypatch.setenv("THING", value)
    assert env.flag("THING", default=True) is means


def test_a_flag_that_is_neither_stops_the_start(monkeypatch):
    monkeypatch.setenv("THING", "maybe")
    with pytest.raises(env.Refusal, match="THING.*yes"):
        env.flag("THING")


@pytest.mark.parametrize("value", ["-1", "70000", "８０００", "8000.0", "x"])
def test_a_port_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(env.Refusal, match="PORT"):
        env.number("PORT", 8000, least=1, most=65535)


def test_a_key_is_made_once_and_kept_private(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = env.secret("SECRET_KEY", home=tmp_path)
    assert env.secret("SECRET_KEY", home=tmp_path) == first
    assert (tmp_path / "secret_key.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key.key"]


def test_a_vault_key_must_be_thirty_two_bytes(monkeypatch):
    monkeypatch.setenv("VAULT_KEY", "abcdefgh-0123456789-ABCDEFGH-not-base64!")
    with pytest.raises(env.Refusal, match="VAULT_KEY"):
        env.vault_key("VAULT_KEY", home=None)


def test_a_made_vault_key_is_a_good_one(monkeypatch, tmp_path):
    monkeypatch.delenv("VAULT_KEY", raising=False)
    assert len(env.vault_key("VAULT_KEY", home=tmp_path)) == 44


def test_old_vault_keys_stand_in_a_file_or_between_commas(monkeypatch, tmp_path):
    first, second = (base64.urlsafe_b64encode(bytes(range(n, n + 32))).decode() for n in (1, 2))
    (tmp_path / "old").write_text(f"{first}\n{second}\n")
    monkeypatch.setenv("VAULT_OLD_KEYS_FILE", str(tmp_path / "old"))
    assert env.vault_keys("VAULT_OLD_KEYS", present="") == (first, second)
    (tmp_path / "old").write_text("")
    assert env.vault_keys("VAULT_OLD_KEYS", present=first) == ()
    monkeypatch.setenv("VAULT_OLD_KEYS", f"{first}, {second}")
    assert env.vault_keys("VAULT_OLD_KEYS", present="") == (first, second)


@pytest.mark.parametrize(
    "bad", ["short", "A" * 43 + "=", "abcdefgh-0123456789-ABCDEFGH-not-base64!", "present"]
)
def test_an_old_vault_key_that_is_none_stops_the_start_without_repeating_it(monkeypatch, bad):
    good, present = (base64.urlsafe_b64encode(bytes(range(n, n + 32))).decode() for n in (1, 2))
    monkeypatch.setenv("VAULT_OLD_KEYS", f"{good},{present if bad == 'present' else bad}")
    with pytest.raises(env.Refusal, match="VAULT_OLD_KEYS") as refusal:
        env.vault_keys("VAULT_OLD_KEYS", present=present)
    assert good not in str(refusal.value)
    assert bad == "present" or bad not in str(refusal.value)


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "inside"))
    with pytest.raises(env.Refusal, match="DATA_DIR.*无法写入"):
        env.data_dir(tmp_path)


def test_a_postgresql_address_on_a_socket(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p%40ss@/ledger?host=/run/pg&port=5433")
    found = env.database("DATABASE_URL", default="")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("ledger", "u", "p@ss")
    assert (found["HOST"], found["PORT"]) == ("/run/pg", "5433")


@pytest.mark.parametrize(
    "value", ["mysql://h/x", "postgresql://h", "postgresql://h:port/x", "sqlite://", "x"]
)
def test_a_database_address_we_cannot_use_stops_the_start_without_repeating_it(monkeypatch, value):
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(env.Refusal, match="DATABASE_URL") as refusal:
        env.database("DATABASE_URL", default="")
    assert "mysql" not in str(refusal.value)


def test_sqlite_locks_from_the_first_statement(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/x.sqlite3")
    found = env.database("DATABASE_URL", default="")
    assert found["NAME"] == "/tmp/x.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_brokers_address_follows_from_redis():
    assert env.broker("") == "filesystem://"
    assert env.broker("redis://h:6379/2") == "redis://h:6379/2"
    assert env.broker("unix:///run/r.sock?db=3") == "redis+socket:///run/r.sock?virtual_host=3"
