"""Misuses made through the verbs."""

from datetime import date

from funds import services
from funds.models import MisuseKind
from tests import factories

FOUND = date(2026, 3, 10)


def misuse(people, *, by=None, amount_fen=30_000_000, kind="NO_PLAN", unit=None, **more):
    values = {
        "title": "未经批复出借专项资金", "found_on": FOUND, "how_found": "finance", "description": "出借给两个乡镇。",
        "responsible_unit": unit or factories.unit("柳溪镇人民政府", region=factories.TOWN), **more,
    }  # fmt: skip
    kind_ = MisuseKind.objects.get(code=kind)
    return services.register_misuse(by=by or people.finance, kind=kind_, amount_fen=amount_fen, **values)


def recovery(people, row, amount_fen=10_000_000, voucher="", **more):
    values = {"kind": "treasury", "received_on": date(2026, 4, 1), "destination": "缴入县国库", **more}
    if values["kind"] == "returned":
        values.setdefault("household", "陶有田")
    return services.record_recovery(
        row, by=people.finance, amount_fen=amount_fen, voucher_no=voucher or f"{row.number}-001", **values
    )
