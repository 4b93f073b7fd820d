"""What the environment says, read once by settings.py.

Every variable NAME may also be given as NAME_FILE, the path of a file that holds the value.
A value that makes no sense stops the start with one sentence that names the variable.
"""

import base64
import binascii
import os
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
    "PRAGMA foreign_keys=ON;PRAGMA mmap_size=134217728;"
)


class Refusal(SystemExit):
    """The program does not start; the text is all that is printed."""


def refuse(name: str, chinese: str, english: str) -> NoReturn:
    """Stop the start. Raises Refusal."""
    raise Refusal(f"{name}: {chinese} / {name} {english}")


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the contents of the file NAME_FILE, or `default`; blanks around it dropped."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if path and not os.environ.get(name, "").strip():
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError) as error:
            refuse(f"{name}_FILE", f"读不到文件 {path}（{error}）。", f"cannot be read: {path}.")
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """yes/no, true/false, on/off, 1/0. Raises Refusal for anything else."""
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    refuse(name, f"只能写 yes 或 no，现在是“{value}”。", f"must be yes or no, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """A whole number between `least` and `most`. Raises Refusal for anything else."""
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and least <= int(value) <= most:
        return int(value)
    refuse(
        name,
        f"应当是 {least} 到 {most} 之间的整数，现在是“{value}”。",
        f"must be a whole number from {least} to {most}, not {value!r}.",
    )


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, *, home: Path | None) -> str:
    """A key. Without a value one is made in `home` (mode 0600) and kept; `home` None demands the value.

    Raises Refusal when the value is missing (production) or weak.
    """
    value = text(name)
    if not value:
        if home is None:
            refuse(name, "生产环境必须设置这个密钥。", "must be set in production.")
        return _kept(home / f"{name.lower()}.key")
    return _strong(name, value)


def _strong(name: str, value: str) -> str:
    if len(value) < 32 or len(set(value)) < 8 or value.startswith("django-insecure"):
        refuse(
            name,
            "这个密钥太弱，请用至少 32 个随机字符。",
            "is too weak: use at least 32 random characters.",
        )
    return value


def vault_key(name: str, *, home: Path | None) -> str:
    """A secret that is 32 random bytes in URL-safe base64, as Fernet takes it. Raises Refusal."""
    return _thirty_two_bytes(name, secret(name, home=home))


def vault_keys(name: str, *, present: str) -> tuple[str, ...]:
    """Vault keys of the past, between commas or blanks; each as strict as the present one. Raises Refusal."""
    found = tuple(text(name).replace(",", " ").split())
    for value in found:
        _thirty_two_bytes(name, _strong(name, value))
    if present in found:
        refuse(
            name,
            "里面有现在的 VAULT_KEY；这里只写已经换下来的旧密钥。",
            "must hold keys of the past only, not the present VAULT_KEY.",
        )
    return found


def _thirty_two_bytes(name: str, value: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(value)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        refuse(
            name,
            "应当是 32 个随机字节的 URL-safe base64（44 个字符）。",
            "must be 32 random bytes in URL-safe base64.",
        )
    return value


def _kept(path: Path) -> str:
    """The key in `path`, made if it is not there; two processes starting at once get the same one."""
    try:
        if not path.exists():
            handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
            with os.fdopen(handle, "w") as file:
                file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                Path(draft).unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        refuse("DATA_DIR", f"密钥文件 {path} 无法读写（{error}）。", f"cannot hold the key file {path}.")


def data_dir(default: Path) -> Path:
    """The folder for everything the program writes, made if missing. Raises Refusal when it cannot be written."""
    folder = Path(text("DATA_DIR", str(default))).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        refuse(
            "DATA_DIR",
            f"数据目录 {folder} 无法写入（{error.strerror}），请换一个目录或修改权限。",
            f"cannot be written: {folder} ({error.strerror}).",
        )
    return folder


# Compiling costs more than it saves. A line of a list joins fifteen tables by their keys, in whatever order: trying eight
# at a time takes ten times as long as the answer. And a second worker for one question of ten milliseconds is started in
# ten, while the next person waits for it.
PLANNING = "-c jit=off -c join_collapse_limit=5 -c max_parallel_workers_per_gather=0"


def database(name: str, *, default: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""
    try:
        parts = urlsplit(text(name, default))
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or parts.hostname or "",
            "PORT": str(options.pop("port", "") or port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, "options": PLANNING, **options},
        }
    refuse(
        name,
        "应当是 postgresql://用户:口令@主机/库名 或 sqlite:////绝对路径。",
        "must be postgresql://user:password@host/name or sqlite:////absolute/path.",
    )


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """One of the words in `among`. Raises Refusal for anything else."""
    value = text(name, default)
    if value not in among:
        listed = "、".join(among)
        refuse(
            name, f"只能是 {listed}，现在是“{value}”。", f"must be one of {', '.join(among)}, not {value!r}."
        )
    return value


def demand_production(*keys: str, hosts: list[str], sqlite: bool, redis: str) -> None:
    """Refuse what a real installation must not start with. Raises Refusal naming the first variable."""
    if not hosts or "*" in hosts:
        refuse(
            "ALLOWED_HOSTS",
            "生产环境必须写明访问用的域名，多个用逗号隔开，不能用 *。",
            "must name the hosts of this installation.",
        )
    if len(set(keys)) < len(keys):
        refuse(
            "SECRET_KEY",
            "SECRET_KEY、VAULT_KEY、ID_MATCH_KEY 不能用同一个值。",
            "VAULT_KEY and ID_MATCH_KEY must differ.",
        )
    if sqlite:
        refuse(
            "DATABASE_URL",
            "生产环境必须使用 PostgreSQL：postgresql://用户:口令@主机/库名。",
            "must name a PostgreSQL database in production.",
        )
    if not redis:
        refuse(
            "REDIS_URL",
            "生产环境必须设置 Redis 地址：redis://主机:6379/0。",
            "must be set in production.",
        )


def folder(path: Path) -> Path:
    """`path`, made for this account alone if it is not there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def package_file(package: str, path: str) -> Path:
    """A file inside an installed Python package, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        refuse(package, "没有安装，请执行 make run。", "is not installed: run `make run`.")
    return Path(spec.origin).parent / path


def broker(redis_url: str) -> str:
    """The broker's address as Celery writes it; without Redis, a folder."""
    if not redis_url:
        return "filesystem://"
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host={dict(parse_qsl(parts.query)).get('db', '0')}"
    if parts.scheme in {"redis", "rediss"}:
        return redis_url
    refuse("REDIS_URL", "应当是 redis://主机:6379/0。", "must be redis://host:6379/0.")


def filesystem_broker(home: Path) -> dict[str, str]:
    """Options of the embedded broker: what is sent lies in `home` until a worker takes it."""
    queue = str(folder(home / "queue"))
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        "control_folder": str(folder(home / "control")),
    }
