"""Lists worked at from the keyboard and with ticks, with and without JavaScript."""


def test_a_list_is_worked_through_from_the_keyboard(sign_in, shot):
    page = sign_in("casemgr")
    page.goto("/leads/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".list tbody tr").nth(1)
    assert "at" in second.get_attribute("class")
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    assert page.locator(".bulk-bar").is_visible()
    assert "已选 2 条" in page.locator(".bulk-bar").inner_text()
    shot("list-ticked", of=page)
    page.keyboard.press("/")
    page.keyboard.type("xjn")
    assert page.input_value(".filters [name=q]") == "xjn", "keys are letters where one types"
    page.keyboard.press("Escape")
    page.goto("/leads/")
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    assert "勾选这一行" in page.locator("#keys").inner_text()
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 0, "behind the dialog nothing moves"
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    page.keyboard.press("j")
    page.locator("tr.at").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/leads/*/")
    page.keyboard.press("u")
    page.wait_for_url("**/leads/")


def test_the_keys_still_work_after_the_table_was_refreshed(sign_in):
    page = sign_in("casemgr")
    page.goto("/leads/")
    page.select_option("[name=state]", "registered")
    page.wait_for_url("**state=registered**")
    page.locator(".chips").wait_for()
    page.locator("[name=state]").blur()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "已选 1 条" in page.locator(".bulk-bar").inner_text()
    shared = page.locator("[data-copy]").get_attribute("data-copy")
    assert shared == "/leads/?state=registered"


def test_a_range_and_the_whole_page_are_ticked_at_once(sign_in):
    page = sign_in("casemgr")
    page.goto("/leads/")
    boxes = page.locator(".k-tick input[name=ids]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert "已选 4 条" in page.locator(".bulk-bar").inner_text()
    page.locator("[data-tick-all]").click()
    assert f"已选 {boxes.count()} 条" in page.locator(".bulk-bar").inner_text()


def test_ticked_rows_are_pressed_without_javascript(new_page, shot):
    page = new_page(java_script_enabled=False)
    page.goto("/sign-in/")
    page.fill("[name=username]", "casemgr")
    page.fill("[name=password]", "qinghe-2026")
    page.click("main button[type=submit]")
    page.goto("/leads/?state=in_step")
    page.locator("[name=ids]").first.check()
    page.get_by_role("button", name="督办", exact=True).click()
    page.fill("[name=note]", "请于本周五前报告进展。")
    page.locator("form.form").get_by_role("button", name="督办", exact=True).click()
    assert "已办理 1 条" in page.locator("main").inner_text()
    page.get_by_role("link", name="返回列表").click()
    assert page.url.endswith("/leads/?state=in_step")
    page.locator(".columns-menu summary").click()
    page.get_by_role("button", name="状态前移").click()
    assert page.locator(".columns-menu").get_attribute("open") is not None
    page.locator(".columns-menu").get_by_role("button", name="恢复默认").click()


def test_ones_own_work_and_messages_are_worked_through_from_the_keyboard(sign_in):
    page = sign_in("casemgr")
    page.keyboard.press("j")
    page.keyboard.press("j")
    at = page.locator(".rows-entries tr.at")
    assert at.count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/*/*/")
    page.goto("/notifications/")
    unread = page.locator(".messages > li").count()
    assert unread
    page.keyboard.press("j")
    page.locator(".messages > li.at").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/notifications/" not in address)
    page.goto("/notifications/?tab=read")
    assert page.locator(".messages > li").count()
