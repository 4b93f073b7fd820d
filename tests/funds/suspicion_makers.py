"""Match lists and suspicions made through the verbs. Numbers are of the fictional county 990101."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Category
from funds.models import Excuse, MatchTerm, Suspicion
from funds.services import match_lists, suspicion_ends, suspicions
from povertyaudit.core import moment
from povertyaudit.core.idnumbers import check_character
from tests import factories, sheets

AS_OF = date(2026, 2, 28)
HEAD = ("姓名", "身份证号", "村", "享受待遇", "金额", "比对情况")
STATES = ("imported", "desk_checked", "visited", "cleared", "corrected", "lead")


def number(n):
    text = f"99010119600101{n:03d}"
    return text + check_character(text)


def line(n=1, **change):
    said = {
        "name": f"陶有{'田禾谷穗'[n % 4]}", "id_number": number(n), "region": "石桥坳村", "benefit": "农村低保", "amount_fen": 360000,
        "says": "2019 年起登记小型轿车一辆。",
    }  # fmt: skip
    return said | change


def head(rule="HAS_CAR", **change):
    terms = {
        name: MatchTerm.objects.get(code=code)
        for name, code in (("rule", rule), ("source", "DIBAO"), ("compared", "CARS"))
    }
    return {"platform": "市大数据监督平台", "as_of": AS_OF, **terms, **change}


def taken(people, lines=None, by=None, **change):
    lines = [line(1), line(2)] if lines is None else lines
    return match_lists.take_in(by=by or people.inspector1, lines=lines, **head(**change))


def imported(people, lines=None, **change):
    """The suspicions of a list that was brought in."""
    row = match_lists.bring_in(taken(people, lines, **change), by=people.inspector1)
    return list(Suspicion.objects.filter(match_list=row).order_by("pk"))


def checked(people, row, **said):
    return suspicions.desk_check(
        row, by=people.inspector1, desk_text="低保在册，车辆登记在本人名下。", **said
    )


def visited(people, row, **said):
    values = {
        "visited_on": moment.today(), "visitor": "沈知远", "visitor2": "陆景禾", "finding": "车已于去年过户给亲戚。", **said,
    }  # fmt: skip
    return suspicions.visit(row, by=people.official, **values)


def suspicion(people, state="imported", n=1, **change):
    factories.unit("柳溪镇人民政府", region=factories.TOWN)
    row = imported(people, [line(n)], **change)[0]
    if state == "imported":
        return row
    row = checked(people, row)
    if state == "desk_checked":
        return row
    row = visited(people, row)
    if state == "cleared":
        return cleared(people, row)
    if state == "corrected":
        return suspicion_ends.correct(row, by=people.finance, fix="refunded", fix_fen=360000)
    if state == "lead":
        return handed_on(people, row)
    return row


def cleared(people, row, code="CAR_SOLD", by=None, **said):
    return suspicion_ends.clear(row, by=by or people.finance, excuse=Excuse.objects.get(code=code), **said)


def handed_on(people, row, **said):
    category = Category.objects.on().filter(axis="corruption").first()
    said = {"decision": "本人为村会计，隐瞒车辆领取低保。", "category": category, **said}
    return suspicion_ends.hand_on(row, by=people.inspector1, **said)


def sheet(rows, columns=HEAD, name="清单.xlsx"):
    """A workbook as spreadsheets write it: empty cells are left out."""
    out = io.BytesIO()
    sheets.write(out, [[None if cell == "" else str(cell) for cell in cells] for cells in [columns, *rows]])
    return SimpleUploadedFile(name, out.getvalue())


def table(rows, columns=HEAD, name="清单.csv", code="utf-8-sig"):
    text = "\n".join(",".join(map(str, cells)) for cells in [columns, *rows])
    return SimpleUploadedFile(name, text.encode(code))


def cells(n=1, **change):
    said = line(n, amount_fen="3600.00") | change
    return [said[name] for name in ("name", "id_number", "region", "benefit", "amount_fen", "says")]
