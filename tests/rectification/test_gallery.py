"""The files of an item looked at in the page, within scope; the same file in another item said to reviewers."""

from povertyaudit.core import store
from rectification import services
from rectification.models import Evidence
from tests.core.machines import PDF
from tests.core.test_files import upload
from tests.rectification import makers
from tests.rectification.makers import again, api, at, photo
from tests.rectification.test_costs import cost


def see(client, who, path):
    client.force_login(who)
    return client.get(path)


def test_files_are_looked_at_one_by_one_in_the_page_with_versions_and_hash(cast, client):
    item = at(cast, "rectifying", measures=1)
    here, measure = item.get_absolute_url(), item.measures.get()
    services.add_evidence(item, by=cast.official, files=[upload(PDF, "回单.pdf")], kind="receipt")
    services.add_evidence(
        item,
        by=cast.official,
        files=[photo(colour=(8, 8, 8))],
        kind="photo_before",
        measure=measure,
        caption="水池东侧",
    )
    first, pdf, before = item.evidence.all()
    services.pair_evidence(item, by=cast.official, evidence=first, before=before)
    services.replace_evidence(
        item, by=cast.official, evidence=first, file=photo(colour=(5, 5, 5)), note="角度不同"
    )
    old = item.past_evidence.get()
    first = Evidence.objects.get(pk=first.pk)
    page = see(client, cast.sector, f"{here}evidence/{first.public_id}/?check=1")
    body = page.content.decode()
    for words in (
        "水池东侧",
        "第 2 版",
        "核对一致",
        first.attachment.sha256,
        "角度不同",
        f"evidence/{old.public_id}/",
    ):
        assert words in body, words
    assert body.count("<img") == 2  # before and after beside each other
    assert "更换</a>" not in body  # the lead unit looks, it changes nothing
    assert 'rel="next"' in body
    assert "第 1 版" in see(client, cast.sector, f"{here}evidence/{old.public_id}/").content.decode()
    shown = see(client, cast.official, f"{here}evidence/{pdf.public_id}/")
    assert "frame-src 'self'" in shown["Content-Security-Policy"]
    assert "'unsafe-inline'" not in shown["Content-Security-Policy"]
    framed = client.get(f"{pdf.attachment.get_absolute_url()}?inline=1")
    assert framed["Content-Disposition"].startswith("inline")
    assert (framed["X-Frame-Options"], "sandbox" in framed["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        False,
    )
    assert client.get(pdf.attachment.get_absolute_url())["Content-Disposition"].startswith("attachment")
    store.path_of(first.attachment.sha256).write_bytes(b"x")
    assert "核对不一致" in client.get(f"{here}evidence/{first.public_id}/?check=1").content.decode()
    for path in ("evidence/", "past_evidence/", f"evidence/{first.public_id}/", f"evidence/{old.public_id}/"):
        assert see(client, cast.official, here + path).status_code == 200, path
        assert see(client, cast.neighbourofficial, here + path).status_code == 404, path
    other = at(cast, "accepted")
    assert (
        see(client, cast.official, f"{other.get_absolute_url()}evidence/{first.public_id}/").status_code
        == 404
    )


def test_the_same_file_in_two_items_is_said_to_the_reviewer(cast, client):
    one = at(cast, "closure_applied", measures=1)
    two = at(cast, "accepted", measures=1)
    services.add_evidence(
        two, by=cast.official, files=[photo(colour=(0, 9, 9))], kind="notice"
    )  # as of the first
    words = "同一文件还用作其他事项的佐证材料"
    for path in ("", "review/"):
        body = see(client, cast.sector, f"{one.get_absolute_url()}{path}").content.decode()
        assert words in body
        assert two.number in body
    assert words not in see(client, cast.official, one.get_absolute_url()).content.decode()
    told = api(client, cast.inspector2).get(f"items/{one.public_id}/alike/").json()
    assert [(row["item_number"], row["kind"]) for row in told] == [(two.number, "notice")]
    # Many files cost what few cost, on the record as over the API.
    paths = (one.get_absolute_url(), f"/api/v1/items/{one.public_id}/", f"{one.get_absolute_url()}evidence/")
    few = []
    for colours in ((1,), (2, 3, 4)):
        for colour in colours:
            more = {"files": [photo(colour=(colour, 7, 7))], "measure": one.measures.get(), "kind": "survey"}
            services.add_evidence(again(one), by=cast.official, **more)
        client.force_login(cast.sector)
        few.append([cost(client, path) for path in paths])
    assert few[0] == few[1]
    assert makers.again(one).signatures.get().voided_at is not None
