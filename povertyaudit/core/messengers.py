"""What is sent, in each receiver's own shape: a register number and a link, or counts and a link. Nothing else.

Shapes and signatures of the group robots follow their makers' papers for custom robots (text messages). The generic
webhook is signed as Standard Webhooks (standardwebhooks.com) does, so that receivers have ready libraries.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import moment, outbound
from povertyaudit.core.models import Channel
from povertyaudit.core.models.channels import ChannelKind
from povertyaudit.core.outbound import Answer

TEST_TEXT = "这是一条测试消息，收到即表示渠道可用。"
SUBJECT = "您有新消息"
DIGEST_SUBJECT = "今日工作摘要"
INBOX, DESK = "/notifications/", "/"
_NUMBER = re.compile(
    r"\d{6}-[0-9A-Z-]{4,32}"
)  # as the register numbers are made; anything else stays at home
_PATH = re.compile(r"/[A-Za-z0-9_-]+/(?:[A-Za-z0-9_-]+/)*")


@dataclass(frozen=True)
class Said:
    """One message: its id (the same again when it is repeated), number and link, or how many there are."""

    id: str
    number: str
    link: str
    count: int
    test: bool = False
    digest: str = ""  # the day's counts, of the one letter that says them

    @property
    def text(self) -> str:
        if self.test:
            return TEST_TEXT
        head = (
            self.digest
            or self.number
            or ("您有一条新消息" if self.count == 1 else f"您有 {self.count} 条新消息")
        )
        return f"{head}\n{self.link}".strip()


def say(id: str, about: Sequence[tuple[str, str]], *, test: bool = False, digest: str = "") -> Said:
    """What goes out for the messages `about` [(number, url)]; the same matter told to several people counts once."""
    matters = list(dict.fromkeys(about))
    number, url = matters[0] if len(matters) == 1 else ("", "")
    known = bool(_NUMBER.fullmatch(number))
    path = url if known and _PATH.fullmatch(url) else DESK if digest else INBOX
    link = f"{settings.SITE_URL}{path}" if settings.SITE_URL and not test else ""
    return Said(id, number if known else "", link, len(matters), test, digest)


@sensitive_variables("secret", "url", "body", "headers")
def send(channel: Channel, keys: dict[str, str], said: Said, *, to: str, address: str) -> Answer:
    """Send `said`: by mail to `address`, else to the channel's receiver; `to` is the opaque id of the person."""
    if channel.kind == ChannelKind.MAIL:
        return _mail(said, address)
    shape = {"webhook": _webhook, "wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}[channel.kind]
    url, payload = shape(keys, said, to)
    body = json.dumps(payload, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": said.id}
    if channel.kind == ChannelKind.WEBHOOK:
        headers |= signed(said.id, body, keys["secret"])
    answer = outbound.post(url, body, headers)
    return answer if channel.kind == ChannelKind.WEBHOOK or not answer.ok else _verdict(answer)


def _mail(said: Said, address: str) -> Answer:
    sender = str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{said.id}@{sender}>", "X-Delivery-Id": said.id}
    try:
        EmailMessage(
            DIGEST_SUBJECT if said.digest else SUBJECT, said.text, to=[address], headers=headers
        ).send()
    except SMTPResponseException as error:
        return Answer(False, f"smtp {error.smtp_code}", fault=error.smtp_code < 500)
    except SMTPRecipientsRefused:
        return Answer(False, "recipient")
    except (OSError, SMTPException) as error:
        return Answer(False, outbound.word_of(error), fault=True)
    return Answer(True, "accepted")


@sensitive_variables()
def signed(id: str, body: bytes, secret: str) -> dict[str, str]:
    """The three headers of Standard Webhooks: base64 HMAC-SHA256 over `id.timestamp.body`."""
    at = str(int(moment.now().timestamp()))
    mac = hmac.new(signing_key(secret), f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Webhook-Id": id,
        "Webhook-Timestamp": at,
        "Webhook-Signature": f"v1,{base64.b64encode(mac).decode()}",
    }


@sensitive_variables()
def signing_key(secret: str) -> bytes:
    """`whsec_` and base64, as the libraries of Standard Webhooks write it; any other secret is taken as its bytes."""
    return base64.b64decode(secret[6:], validate=True) if secret.startswith("whsec_") else secret.encode()


@sensitive_variables()
def is_key(secret: str) -> bool:
    """Whether a message can be signed with it."""
    try:
        return len(signing_key(secret)) > 0
    except ValueError:
        return False


def _webhook(keys: dict[str, str], said: Said, to: str) -> tuple[str, dict[str, Any]]:
    body = {
        "id": said.id,
        "to": to,
        "text": said.text,
        "number": said.number,
        "link": said.link,
        "count": said.count,
    }
    return keys["url"], body


def _wecom(keys: dict[str, str], said: Said, to: str) -> tuple[str, dict[str, Any]]:
    """The key of a WeCom robot is part of its address."""
    return keys["url"], {"msgtype": "text", "text": {"content": said.text}}


@sensitive_variables()
def _dingtalk(keys: dict[str, str], said: Said, to: str) -> tuple[str, dict[str, Any]]:
    """加签: HMAC-SHA256 under the secret over `milliseconds LF secret`, in the query."""
    at = str(int(moment.now().timestamp() * 1000))
    mac = hmac.new(keys["secret"].encode(), f"{at}\n{keys['secret']}".encode(), hashlib.sha256).digest()
    query = urlencode({"timestamp": at, "sign": base64.b64encode(mac).decode()})
    url = f"{keys['url']}{'&' if '?' in keys['url'] else '?'}{query}"
    return url, {"msgtype": "text", "text": {"content": said.text}}


@sensitive_variables()
def _feishu(keys: dict[str, str], said: Said, to: str) -> tuple[str, dict[str, Any]]:
    """签名校验: HMAC-SHA256 of nothing under the key `seconds LF secret`, in the body."""
    at = str(int(moment.now().timestamp()))
    mac = hmac.new(f"{at}\n{keys['secret']}".encode(), b"", hashlib.sha256).digest()
    sign = base64.b64encode(mac).decode()
    return keys["url"], {"timestamp": at, "sign": sign, "msg_type": "text", "content": {"text": said.text}}


def _verdict(answer: Answer) -> Answer:
    """Robots answer 200 to everything and put the truth into `errcode` or `code`."""
    try:
        told = json.loads(answer.body)
        code = int(told.get("errcode", told.get("code", told.get("StatusCode", -1))))
    except (ValueError, AttributeError, TypeError):
        return Answer(False, "unreadable")
    return Answer(code == 0, "200" if code == 0 else f"code {code}"[:40])
