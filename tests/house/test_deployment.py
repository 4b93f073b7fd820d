"""What stands outside Python and can drift: versions, the image's contents, the table of variables."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MANUAL = ROOT / "docs" / "operations.md"
READERS = {
    "text",
    "flag",
    "number",
    "words",
    "secret",
    "vault_key",
    "vault_keys",
    "database",
    "choice",
    "data_dir",
}


def test_image_and_changelog_carry_the_version_of_the_project():
    version = PROJECT["project"]["version"]
    assert re.findall(r"image: povertyaudit:(\S+)", (ROOT / "docker-compose.yml").read_text("utf-8")) == [
        version
    ]
    assert re.search(r"^## (\S+?)（", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[1] == version


def test_the_image_takes_every_package():
    taken = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for package in PROJECT["tool"]["importlinter"]["root_packages"]:
        assert f"!{package}/**" in taken


def variables():
    """Name → default as the code writes it (None: no literal), for every variable that the program reads."""
    found = {"DATA_DIR": None}
    for path in (ROOT / "povertyaudit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            owner, name = node.func.value, node.args[0]
            if (
                getattr(owner, "id", "") == "env"
                and node.func.attr in READERS
                and isinstance(name, ast.Constant)
            ):
                default = node.args[1] if len(node.args) > 1 else None
                found[name.value] = default.value if isinstance(default, ast.Constant) else None
    return found


def test_the_manual_lists_every_variable_and_no_other():
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", MANUAL.read_text("utf-8"), re.M))
    known = variables()
    assert set(listed) == set(known)
    for name, default in known.items():
        if default not in (None, ""):
            word = {True: "yes", False: "no"}.get(default, default) if isinstance(default, bool) else default
            assert f"`{word}`" in listed[name], f"{name}: the default is {word}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "operations").glob("*.sh")), ids=lambda path: path.name
)
def test_the_scripts_read_well(path):
    subprocess.run(["sh", "-n", path], check=True)


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    def make():
        script = ROOT / "docs" / "operations" / "make-keys.sh"
        subprocess.run(["sh", script, tmp_path / "keys", "db"], check=True, capture_output=True)
        return {path.name: path.read_text().strip() for path in (tmp_path / "keys").iterdir()}

    keys = make()
    assert make() == keys
    assert keys["database_url"] == f"postgresql://ledger:{keys['database_password']}@db/ledger"
    assert keys.pop("vault_old_keys") == ""
    assert len(set(keys.values())) == len(keys) == 5
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o440}
