"""An item from its registration to 销号: photo on a phone, three people at three screens, a signature that turns void."""

import json
import urllib.request
from datetime import date, timedelta

from tests.e2e.journey import choose, photo, press, verb


def unit_of(page):
    """The unit of the person signed in, as the account menu says."""
    return page.locator("header .menu-body p").first.text_content().split()[0]


def draft_and_issue(page, town, sector):
    page.goto("/source-papers/?kind=superior")
    paper = page.locator("main tbody tr a").first.inner_text()
    page.goto("/items/new/")
    page.select_option("[name=source]", "superior")
    page.fill("[name=paper]", paper)
    page.fill("[name=problem_class]", "产业发展")
    page.fill("[name=aspect]", "补助发放不及时")
    page.fill("[name=problem]", "到户产业补助滞留三个月没有发放。")
    choose(page, "main_unit", town)
    choose(page, "lead_unit", sector)
    page.fill("[name=due_on]", (date.today() + timedelta(days=40)).isoformat())
    page.locator("[name$='-0-text']").fill("一次性发放到户并张榜公示。")
    press(page, "登记")
    verb(page, "下发")
    press(page, "下发")
    return page.url


def report_with_photo(page, shade, text):
    verb(page, "报告进展")
    page.locator("label", has_text="（1）").first.click()
    page.set_input_files("[name=photos]", photo(shade))
    page.fill("[name=text]", text)
    page.check("[name=measure_done]")
    press(page, "报告进展")


def test_an_item_is_crossed_off_by_three_people(sign_in, shot):
    official, sector = sign_in("official", width=360, height=780), sign_in("sector")
    inspector = sign_in("inspector1")
    address = draft_and_issue(inspector, unit_of(official), unit_of(sector))

    official.goto(address)
    verb(official, "签收")
    press(official, "签收")
    report_with_photo(official, 90, "126 户补助 38.6 万元已全部发放到户。")
    shot("item-reported", 360, of=official)

    head = sign_in("unithead")
    head.goto(address)
    verb(head, "申请销号")
    head.fill("[name=note]", "措施已经落实，申请销号。")
    shot("item-apply", of=head)
    press(head, "申请销号")

    official.goto(address + "add-evidence/")
    official.set_input_files("[name=papers]", photo(200))
    press(official, "上传佐证材料")
    sector.goto(address)
    assert "失效" in sector.locator("main").inner_text()
    shot("item-void", of=sector)
    verb(sector, "审核并签署")
    press(sector, "审核并签署")
    assert "重新签署" in sector.locator("main").inner_text()

    head.goto(address)
    verb(head, "申请销号")
    press(head, "申请销号")
    sector.goto(address)
    verb(sector, "审核并签署")
    press(sector, "审核并签署")

    verifier = sign_in("inspector2")
    verifier.goto(address)
    verb(verifier, "复核并签署")
    verifier.fill("[name=documents_found]", "发放花名册、银行回单齐全，金额一致。")
    verifier.fill("[name=note]", "现场核对、走访三户，情况属实。")
    press(verifier, "复核并签署")
    assert "已销号" in verifier.locator("main").inner_text()
    shot("item-closed", of=verifier)

    neighbour = sign_in("neighbourofficial")
    for tail in ("", "report/", "apply/", "verify/"):
        assert neighbour.goto(address + tail).status == 404


def test_the_city_pulls_both_ledgers(live):
    said = json.dumps({"username": "ledgerclient", "password": "qinghe-2026"}).encode()
    ask = urllib.request.Request(f"{live}/api/v1/tokens/", said, {"Content-Type": "application/json"})
    with urllib.request.urlopen(ask) as answer:
        assert answer.status == 201
        token = json.load(answer)["token"]
    for things in ("leads", "items"):
        ask = urllib.request.Request(
            f"{live}/api/v1/{things}/ledger.ndjson", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(ask) as answer:
            rows = [json.loads(line) for line in answer]
        assert {row["region"][:6] for row in rows} >= {"990101", "990102"}
        assert all(row["id"] and row["number"] for row in rows)
