"""Workbooks as people send them, and how a story reads what came of them."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from rest_framework.test import APIClient

from povertyaudit.core import originals
from povertyaudit.sheets import services
from tests import factories


def web(user):
    client = Client()
    client.force_login(factories.fresh(user))
    return client


def api(user):
    client = APIClient()
    client.force_authenticate(factories.fresh(user))
    return client


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def book(*rows, merged=(), name="表格.xlsx", sheet="Sheet1"):
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(list(row))
        for cell in made.active[made.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "=…" is a text here
    for area in merged:
        made.active.merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def opened(attachment):
    return load_workbook(io.BytesIO(b"".join(originals.opened(attachment)[0])))


def accounts(people, *names):
    """A list of accounts, looked through."""
    rows = [(name, f"sheet{at}") for at, name in enumerate(names or ("甲某", "乙某"))]
    return services.take_in(by=people.sysadmin, kind="users", file=book(("姓名", "账号"), *rows))
