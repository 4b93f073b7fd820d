#!/usr/bin/env python
"""The door for commands."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:  # whoever typed the command needs a sentence, not a trace
        reason = str(error).splitlines()[0]
        sys.exit(f"数据库没有应答或中途断开，请检查数据库服务和 DATABASE_URL（{reason}）。")
