"""A visit on a phone: the network goes, the browser is closed, nothing is lost and it arrives once — over plain http on a
name that is no loopback, where a browser has neither service worker nor position nor crypto.subtle."""

import io
import os
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.e2e.conftest import NAME, PASSWORD

PHONE = {"width": 360, "height": 780}
MARK = secrets.token_hex(4)  # a copy that already runs may be used again
WORDS = f"三组两户的补助已经到账，村务公开栏没有更新（{MARK}）。"


def photo(shade):
    """What a phone's camera gives: large, turned, with the time it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y:%m:%d} 00:00:01"
    out = io.BytesIO()
    grains = Image.frombytes("RGB", (240, 180), os.urandom(240 * 180 * 3))
    grains.resize((2400, 1800)).save(out, "JPEG", quality=92, exif=exif)
    return {"name": f"现场{shade}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def phone(new_page, live):
    """`patrol1` signed in on a phone, over the name."""
    page = new_page(**PHONE)
    page.base = live.replace("127.0.0.1", NAME)
    page.goto(f"{page.base}/sign-in/")
    page.fill("input[name=username]", "patrol1")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def test_a_visit_outlives_network_and_browser_and_arrives_once(phone, shot):
    context, said = phone.context, []
    context.on(
        "console", lambda message: said.append(message.text) if "Content Security" in message.text else None
    )
    phone.goto(f"{phone.base}/visits/new/")
    assert phone.evaluate("[window.isSecureContext, 'serviceWorker' in navigator]") == [False, False]
    place = phone.locator("#visit-places option").first.get_attribute("value")
    phone.fill("[name=region]", place)
    phone.fill("[name=households]", "2")
    phone.fill("[name=notes]", WORDS)
    phone.set_input_files("[name=photos]", [photo(1)])
    phone.locator("[data-photos] li").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    shot("visit-form", 360, of=phone)
    phone.wait_for_timeout(600)
    phone.close()  # in the middle of it

    again = context.new_page()
    again.goto(f"{phone.base}/visits/new/")
    again.get_by_text("已恢复上次没有提交的内容和照片").wait_for()
    assert again.input_value("[name=notes]") == WORDS
    assert again.input_value("[name=region]") == place
    assert "KB" in again.locator("[data-photos] li").inner_text()
    again.set_input_files("[name=photos]", [photo(2)])
    again.locator("[data-photos] li").nth(1).wait_for()
    context.set_offline(True)
    again.locator("main form.form").get_by_role("button", name="提交", exact=True).click()
    again.get_by_text("没有网络，内容和照片已存在本机").wait_for()
    shot("visit-offline", 360, of=again)
    again.close()

    context.set_offline(False)
    back = context.new_page()
    back.goto(f"{phone.base}/visits/")
    back.get_by_text("已提交：").wait_for()
    back.get_by_role("link", name="查看", exact=True).click()
    words = back.locator("main").inner_text()
    assert WORDS in words
    assert words.count("现场") == 2
    assert f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}" in words
    for address in (f"/visits/?q={MARK}", "/visits/new/"):
        back.goto(f"{phone.base}{address}")
        back.wait_for_timeout(300)
        assert back.locator("[data-outbox-list]").is_hidden()
    assert back.input_value("[name=notes]") == ""
    asked = (
        f"fetch('/api/v1/visits/?q={MARK}').then((said) => said.json()).then((rows) => rows.results.length)"
    )
    assert back.evaluate(asked) == 1
    assert said == []


def test_a_press_at_a_bad_moment_is_not_lost(phone):
    """While a photo is still being made small, and while an earlier visit is on its way."""
    context, held, mark = phone.context, [], secrets.token_hex(4)

    def filled(page, words):
        page.goto(f"{phone.base}/visits/new/")
        page.fill("[name=region]", page.locator("#visit-places option").first.get_attribute("value"))
        page.fill("[name=notes]", words)
        return page.locator("main form.form").get_by_role("button", name="提交", exact=True)

    def hold(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    button = filled(phone, f"早先的走访（{mark}）。")
    context.set_offline(True)
    button.click()
    phone.get_by_text("没有网络，内容和照片已存在本机").wait_for()
    phone.close()
    context.set_offline(False)
    page = context.new_page()
    page.route("**/visits/new/", hold)
    button = filled(page, f"后来的走访（{mark}）。")
    while not held:  # until the earlier one is being sent
        page.wait_for_timeout(100)
    page.evaluate(
        """() => { const small = window.smallPhoto;
        window.smallPhoto = (file) => new Promise((done) => setTimeout(() => done(small(file)), 1500)); }"""
    )
    page.set_input_files("[name=photos]", [photo(4)])
    button.click()
    button.click()
    page.get_by_text("正在提交…").wait_for()
    held[0].continue_()
    page.wait_for_url(lambda address: "/visits/new/" not in address)
    words = page.locator("main").inner_text()
    assert f"后来的走访（{mark}）。" in words
    assert "现场4" in words
    asked = f"fetch('/api/v1/visits/?q={mark}').then((said) => said.json()).then((rows) => rows.results.map((row) => row.notes))"
    found = page.evaluate(asked)
    assert [found.count(f"{when}的走访（{mark}）。") for when in ("早先", "后来")] == [1, 1]


def test_what_is_refused_is_said_and_kept(phone):
    phone.goto(f"{phone.base}/visits/new/")
    phone.fill("[name=region]", "没有这个村")
    phone.fill("[name=notes]", "待核对。")
    phone.locator("main form.form").get_by_role("button", name="提交", exact=True).click()
    phone.locator("[data-visit-note][role=alert]").wait_for()
    assert "地点：没有找到这个地区" in phone.locator("[data-visit-note]").inner_text()
    phone.reload()
    phone.get_by_role("button", name="不要这些内容，重新填写").click()
    phone.wait_for_load_state()
    phone.wait_for_timeout(300)
    assert phone.input_value("[name=notes]") == ""


def test_without_javascript_it_is_a_form_like_any_other(new_page):
    page = new_page(java_script_enabled=False, **PHONE)
    page.goto("/sign-in/")
    page.fill("[name=username]", "patrol1")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/visits/new/")
    page.fill("[name=region]", page.locator("#visit-places option").first.get_attribute("value"))
    page.fill("[name=notes]", "没有脚本的手机。")
    page.set_input_files("[name=photos]", [photo(3)])
    page.locator("main form.form").get_by_role("button", name="提交", exact=True).click()
    page.wait_for_load_state()
    assert "没有脚本的手机。" in page.locator("main").inner_text()
    assert "现场3" in page.locator("main").inner_text()
