"""What goes wrong while somebody types: the session ends, the button is pressed twice, another person was faster."""

from tests.e2e.journey import press


def test_a_session_that_ends_mid_form_loses_no_text_but_the_protected(sign_in):
    page = sign_in("petition")
    page.goto("/leads/new/")
    page.fill("[name=title]", "反映合作社分红不公开")
    page.fill("[name=text]", "三年没有公布过账目。")
    page.fill("[name=name]", "反映人乙")
    page.wait_for_timeout(800)
    page.context.clear_cookies(name="sessionid")
    page.locator("main form").get_by_role("button", name="登记", exact=True).click()
    page.wait_for_load_state()
    assert "/sign-in/" in page.url
    page.fill("[name=username]", "petition")
    page.fill("[name=password]", "qinghe-2026")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/leads/new/**")
    assert page.input_value("[name=title]") == "反映合作社分红不公开"
    assert page.input_value("[name=text]") == "三年没有公布过账目。"
    assert page.input_value("[name=name]") == ""
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "反映人乙" not in kept


def test_a_refused_form_keeps_what_was_typed_and_points_at_the_field(sign_in, shot):
    page = sign_in("petition")
    page.goto("/leads/new/")
    page.fill("[name=title]", "反映低保评议走过场")
    page.fill("[name=amount_fen]", "一万多")
    press(page, "登记")
    words = page.locator("main").inner_text()
    assert "问题属地" in words
    assert page.input_value("[name=title]") == "反映低保评议走过场"
    assert page.input_value("[name=amount_fen]") == "一万多"
    assert page.locator("[name=amount_fen][aria-invalid=true]").count() == 1
    shot("form-refused", of=page)
    shot("form-refused", 360, of=page)


def test_a_page_works_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/sign-in/")
    page.fill("[name=username]", "casemgr")
    page.fill("[name=password]", "qinghe-2026")
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto("/leads/?q=补助")
    assert page.locator("main").inner_text().count("补助") > 1
    page.goto("/leads/new/")
    assert page.locator("[name=region]").count() == 1


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks_the_policy(sign_in, live):
    page = sign_in("casemgr")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in (
        "/",
        "/leads/",
        "/leads/new/",
        "/items/",
        "/items/new/",
        "/rounds/",
        "/misuses/",
        "/notifications/",
    ):
        page.goto(address)
        page.wait_for_timeout(200)
    assert [url for url in asked if not url.startswith((live, "data:"))] == []
    assert said == []


def test_no_page_scrolls_sideways_on_a_phone(sign_in):
    page = sign_in("casemgr", width=360, height=780)
    for address in (
        "/",
        "/leads/",
        "/leads/new/",
        "/items/",
        "/rounds/",
        "/findings/",
        "/misuses/",
        "/notifications/",
    ):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{address} is {wide} points wide"
