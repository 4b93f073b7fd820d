"""The one door out of the house: hosts the operator named exactly, https, one request, a short answer, ten seconds.

`http.client` on purpose: unlike larger libraries it follows no redirect, takes no proxy from its surroundings and
keeps no cookie, so there is nothing to switch off. Whoever is not in `OUTBOUND_HOSTS` is not even looked up.
"""

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

TIMEOUT = 5  # seconds for each step
WHOLE = 10  # seconds for all of it: a receiver that drips must not hold up the others
ANSWER_LIMIT = 4096  # bytes read of an answer
MAIL_PORTS = frozenset({25, 465, 587})
MAIL_FOLDER = "本机文件夹"  # where letters go while no mail server is named
_ENTRY = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[1-9]\d{0,4})?")


@dataclass(frozen=True)
class Answer:
    """What came back, as a word that holds no content; `fault` true when the host itself is to blame."""

    ok: bool
    word: str
    fault: bool = False
    body: bytes = b""


def is_entry(text: str) -> bool:
    """Whether `text` is host or host:port as OUTBOUND_HOSTS wants it."""
    return bool(_ENTRY.fullmatch(text))


def allowed(host: str) -> bool:
    """Whether the operator named this host (host[:port] as `host_of` writes it)."""
    return host in {
        entry.lower().removesuffix(":443") for entry in settings.OUTBOUND_HOSTS if is_entry(entry)
    }


def host_of(url: str) -> str:
    """host[:port] in lower case, without the usual port of the scheme. Raises ValueError for what is no address."""
    parts = urlsplit(url)
    name = (parts.hostname or "").lower()
    if not name:
        raise ValueError(url)
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in {None, 443 if parts.scheme == "https" else 80} else f"{name}:{parts.port}"


def trouble_with(url: str) -> str:
    """One sentence about an address we would not send to; empty when it is good."""
    try:
        parts, host = urlsplit(url), host_of(url)
    except ValueError:
        return "这不是完整的网址，请粘贴以 https:// 开头的接收地址。"
    if not url.isascii() or not url.isprintable() or not is_entry(host) or parts.fragment:
        return "网址里有不能使用的字符，请核对后重新粘贴。"
    if parts.username is not None or parts.password is not None:
        return "网址里不能写账号和口令，请删除 @ 前面的部分。"
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts)):
        return ""
    return "接收地址必须以 https:// 开头。"


def _is_loopback(parts: SplitResult) -> bool:
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def mail_host() -> str:
    """The mail server as the log names it."""
    if not settings.EMAIL_HOST:
        return MAIL_FOLDER
    usual = settings.EMAIL_PORT in MAIL_PORTS
    name = str(settings.EMAIL_HOST).lower()
    return name if usual and allowed(name) else f"{name}:{settings.EMAIL_PORT}"


def mail_allowed() -> bool:
    """Letters go out only where the operator said NOTIFY_BY_MAIL and named the mail server; a folder is no outside."""
    return bool(settings.NOTIFY_BY_MAIL) and (not settings.EMAIL_HOST or allowed(mail_host()))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """One POST. Never raises; a redirect is an answer like any other and is not followed."""
    if trouble_with(url) or not allowed(host_of(url)):
        return Answer(False, "not_allowed")
    parts, cut = urlsplit(url), threading.Event()
    connection = (
        HTTPSConnection(
            str(parts.hostname), parts.port, timeout=TIMEOUT, context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else HTTPConnection(str(parts.hostname), parts.port, timeout=TIMEOUT)
    )
    alarm = threading.Timer(WHOLE, _cut, (connection, cut))
    alarm.daemon = True
    alarm.start()
    try:
        target = parts._replace(scheme="", netloc="").geturl() or "/"
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
        good = 200 <= response.status < 300
        fault = response.status >= 500 or response.status == 429
        return Answer(good, str(response.status), fault, response.read(ANSWER_LIMIT))
    except (OSError, HTTPException) as error:
        return Answer(False, "timeout" if cut.is_set() else word_of(error), fault=True)
    finally:
        alarm.cancel()
        connection.close()


def _cut(connection: HTTPConnection, cut: threading.Event) -> None:
    cut.set()
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def word_of(error: Exception) -> str:
    """The kind of a failure, without its text."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (TimeoutError, "timeout"), (socket.gaierror, "dns"), (ssl.SSLError, "tls"),
        (ConnectionRefusedError, "refused"),
    )  # fmt: skip
    return next((word for kind, word in kinds if isinstance(error, kind)), "broken")
