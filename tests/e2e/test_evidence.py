"""The files that prove something, looked at in the page: a pair side by side, a PDF; on a phone a PDF says where it opens."""


def proofs(page):
    """Addresses of a photo of afterwards with its pair, and of a PDF, of one item."""
    for item in page.request.get("/api/v1/items/").json()["results"]:
        files = page.request.get(f"/api/v1/items/{item['id']}/evidence/").json()
        pair = next((one for one in files if one["before"]), None)
        pdf = next((one for one in files if one["content_type"] == "application/pdf"), None)
        if pair and pdf:
            return [f"/items/{item['id']}/evidence/{one['id']}/" for one in (pair, pdf)]
    raise AssertionError("the demo county shows no item with a pair of photos and a PDF")


def test_evidence_is_looked_at_in_the_page(sign_in, shot):
    page = sign_in("inspector1")
    refused = []
    page.on("console", lambda said: said.type == "error" and refused.append(said.text))
    pair, pdf = proofs(page)
    page.goto(pair)
    before, after = page.locator(".pair-two img").all()
    assert all(one.evaluate("image => image.complete && image.naturalWidth") for one in (before, after))
    left, right = before.bounding_box(), after.bounding_box()
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"], "side by side"
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: not url.endswith(pair))
    page.goto(pdf)
    framed = page.frame_locator(".viewed-pdf")
    assert framed.owner.bounding_box()["height"] > 300
    assert page.locator(".viewed-pdf").evaluate("frame => frame.src").endswith("?inline=1")
    shot("evidence-pdf", of=page)

    page.set_viewport_size({"width": 360, "height": 780})
    for address in (pair, pdf):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot("evidence-pdf", 360, of=page)
    link = page.get_by_role("link", name="在新标签页打开 PDF")
    assert link.get_attribute("target") == "_blank"
    file = page.request.get(link.get_attribute("href"))
    assert (file.status, file.headers["content-type"]) == (200, "application/pdf")
    assert not refused, "the policy of the page lets the viewer in"
