"""What every log line carries."""

import logging

from povertyaudit.core.context import request_id


class RequestIdFilter(logging.Filter):
    """Puts the id of the request or job on the line; "-" outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True
