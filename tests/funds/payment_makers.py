"""Payments made through the verbs, as far along their road as a story needs."""

from django.core.files.uploadedfile import SimpleUploadedFile

from funds.services import paying, paying_rules
from tests.core.machines import PDF
from tests.funds import project_makers as projects
from tests.funds.project_makers import WAN


def built(people, state="started", **more):
    """A project of 80 万 with a contract of 78 万, 7 万 of it held back."""
    return projects.project(people, state, contract_fen=78 * WAN, retention_fen=7 * WAN, **more)


def opened(people, project, fen, stage="advance", **more):
    return paying.open_payment(
        by=people.official, project=project, stage=stage, amount_fen=fen, progress="路基 800 米", **more
    )


def with_papers(people, row):
    for kind, files in paying_rules.checklist(row):
        if not files:
            file = SimpleUploadedFile("材料.pdf", PDF, content_type="application/pdf")
            paying.add_paper(row, by=people.official, file=file, kind=kind.code)
    row.refresh_from_db()
    return row


def reviewed(people, project, fen, stage="advance"):
    row = paying.submit(with_papers(people, opened(people, project, fen, stage)), by=people.official)
    row = paying.endorse(row, by=people.unithead, text="属实")
    return paying.review(row, by=people.sector, text="同意")


def paid(people, project, fen, stage="advance", voucher="BK-1", **more):
    return paying.pay(reviewed(people, project, fen, stage), by=people.finance, voucher_no=voucher, **more)
