"""How gunicorn serves: `--config python:povertyaudit.web`. What depends on the installation stands in `manage.py serve`."""

import logging

from gunicorn import glogging
from gunicorn.http import wsgi

from povertyaudit import env
from povertyaudit.logs import DiscreetFormatter

wsgi.SERVER = "ledger"  # neither name nor version of the server

preload_app = True
control_socket_disable = True
timeout, graceful_timeout = 120, 5  # seconds
max_requests, max_requests_jitter = 5000, 500
loglevel = "warning"
# Above these gunicorn itself answers 400, 414 or 431; below them the product does, in its own words.
limit_request_line, limit_request_fields, limit_request_field_size = 8190, 60, 8190
# The scheme is believed where settings.py says so, and nowhere else.
forwarded_allow_ips = "127.0.0.1,::1" if env.flag("BEHIND_PROXY") else ""


class Logger(glogging.Logger):
    """gunicorn's own lines without query strings and without the texts of errors."""

    def _set_handler(
        self, log: logging.Logger, output: str, fmt: logging.Formatter, stream: object = None
    ) -> None:
        super()._set_handler(log, output, DiscreetFormatter(fmt._fmt, fmt.datefmt), stream)


logger_class = Logger
