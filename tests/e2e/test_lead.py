"""A complaint from the counter to the leader's approval, each person at his own screen."""

from tests.e2e.journey import choose, press, verb


def register(page):
    page.goto("/leads/")
    page.get_by_role("link", name="登记线索").click()
    page.select_option("[name=channel]", "visit")
    page.fill(
        "[name=source_count]", "2"
    )  # asked of visits alone: the page fetches it when the channel is chosen
    page.select_option("[name=identity_status]", "claimed")
    page.fill("[name=name]", "反映人甲")
    page.fill("[name=phone]", "13800000000")
    page.locator("#id_region-ts-control").click()
    page.locator("#id_region-ts-control").fill("村")
    page.locator(".ts-dropdown:visible .option").first.click()
    page.select_option("[name=category]", index=1)
    page.fill("[name=amount_fen]", "１２，０００")
    page.fill("[name=title]", "反映扶贫资金未按规定发放")
    page.fill("[name=text]", "去年的到户补助至今没有发到手里。")
    page.locator("[name$='-0-name']").fill("某甲")
    page.locator("[name$='-0-post_text']").fill("村委会主任")
    press(page, "登记")
    assert "/leads/" in page.url
    assert "/new/" not in page.url
    return page.url


def test_a_complaint_goes_from_the_counter_to_the_leader(sign_in, shot):
    petition = sign_in("petition")
    address = register(petition)
    assert "12,000.00" in petition.locator("main").inner_text()
    shot("lead-registered", of=petition)
    shot("lead-registered", 360, of=petition)

    casemgr = sign_in("casemgr")
    casemgr.goto(address)
    assert "13800000000" not in casemgr.content()
    assert "反映人甲" not in casemgr.content()
    verb(casemgr, "分办")
    choose(casemgr, "handling_unit", "第一监督检查室")
    leader = sign_in("leader")
    choose(
        casemgr, "leader", leader.locator("header details summary, header .person").first.inner_text().strip()
    )
    casemgr.fill("[name=instruction]", "请依规办理。")
    shot("lead-dispatch", of=casemgr)
    press(casemgr, "分办")

    inspector = sign_in("inspector1")
    inspector.goto(address)
    verb(inspector, "签收")
    press(inspector, "签收")
    assert "还剩" in inspector.locator("main").inner_text()
    verb(inspector, "提出处置意见")
    inspector.select_option("[name=method]", "verify")
    inspector.fill("[name=proposal]", "反映问题具体，具有可查性，建议初步核实。")
    press(inspector, "提出处置意见")

    leader.goto(address)
    verb(leader, "批准")
    press(leader, "批准")
    shot("lead-approved", of=leader)
    inspector.goto(address)
    assert inspector.locator("main").get_by_role("link", name="开始办理").count() == 1

    neighbour = sign_in("neighbour")
    assert neighbour.goto(address).status == 404
    for word in ("dispatch", "sign-for", "propose", "approve"):
        assert neighbour.goto(f"{address}{word}/").status == 404
