"""How gunicorn serves: `--config python:povertyaudit.web`. What depends on the installation stands in `manage.py serve`."""

import logging
from typing import Any

from gunicorn import glogging, util
from gunicorn.http import message, wsgi

from povertyaudit import env
from povertyaudit.logs import DiscreetFormatter

wsgi.SERVER = "ledger"  # neither name nor version of the server

preload_app = True
control_socket_disable = True
timeout, graceful_timeout = 120, 5  # seconds
max_requests, max_requests_jitter = 5000, 500
loglevel = "warning"
# Above these gunicorn itself answers 400, 414 or 431; below them the product does, with its own page. Five thousand
# Chinese characters typed into the search box are an address of 45 KB: read whole, so that the refusal arrives.
message.MAX_REQUEST_LINE = limit_request_line = 65_536
limit_request_fields, limit_request_field_size = 60, 8190
REFUSALS = {
    414: "地址过长，请减少查找的文字或筛选条件后重试。",
    431: "请求头过长，请清除浏览器里本站的数据后重试。",
}


def refuse(sock: Any, status: int, reason: str, _said: str) -> None:
    """What gunicorn answers by itself, in the language of the product; nothing of what was sent is repeated."""
    words = REFUSALS.get(
        status, "请求格式不正确，请返回后重试。" if status < 500 else "系统暂时不能处理，请稍后重试。"
    )
    page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{words}</title><p>{words}</p></html>\n'.encode()
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    util.write_nonblock(sock, head.encode() + page)


util.write_error = refuse
# The scheme is believed where settings.py says so, and nowhere else.
forwarded_allow_ips = "127.0.0.1,::1" if env.flag("BEHIND_PROXY") else ""


class Logger(glogging.Logger):
    """gunicorn's own lines without query strings and without the texts of errors."""

    def _set_handler(
        self, log: logging.Logger, output: str, fmt: logging.Formatter, stream: object = None
    ) -> None:
        super()._set_handler(log, output, DiscreetFormatter(fmt._fmt, fmt.datefmt), stream)


logger_class = Logger
