"""A report that is owed, on a phone: from 本周要报 to filled in, then signed by the head of the unit."""

PHONE = {"width": 360, "height": 780}


def test_a_report_is_filled_in_and_signed_on_a_phone(sign_in, shot):
    page = sign_in("official", **PHONE)
    page.goto("/period-reports/?state=owed")
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 360
    shot("period-list", 360, of=page)
    page.locator(".list tbody tr a").first.click()
    page.wait_for_url("**/period-reports/*/")
    shot("period-record", 360, of=page)
    address = page.url
    page.goto(f"{address}fill/")
    assert page.input_value("[name=text]"), "it begins with what was said last"
    assert page.evaluate(wide) <= 360
    shot("period-fill", 360, of=page)
    page.fill("[name=text]", "剩余 12 户已核对完毕，全部兑付到户。")
    page.get_by_role("button", name="填报").click()
    page.wait_for_url(address)
    head = sign_in("unithead", **PHONE)
    head.goto(f"{address}sign/")
    assert "全部兑付到户" in head.inner_text("main")
    assert head.evaluate(wide) <= 360
    shot("period-sign", 360, of=head)
    head.get_by_role("button", name="签报").click()
    head.wait_for_url(address)
    assert "已签报" in head.inner_text("main")
    head.goto("/period-reports/totals/")
    assert head.evaluate(wide) <= 360
    shot("period-totals", 360, of=head)
