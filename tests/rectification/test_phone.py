"""报告进展 from the reminder to done: the measure is chosen, what the reviewer wants stands above, what is left is said."""

import html

from povertyaudit.core import moment
from rectification import services
from rectification.models import Measure
from tests.rectification.makers import again, at, photo


def page(client, who, address, data=None):
    client.force_login(who)
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return html.unescape(answer.content.decode())


def chosen(text):
    """Id of the measure whose radio is pressed; none for 整个事项."""
    return text.split(" checked")[0].rsplit('value="', 1)[1].split('"')[0]


def test_the_form_knows_which_measure_and_what_the_reviewer_wants(cast, client):
    item = at(cast, "closure_applied", measures=2)
    services.send_back(item, by=cast.sector, reason_code="sb_evidence", note="照片不是同一角度，请补拍。")
    first, second = item.measures.all()
    form = f"{item.get_absolute_url()}report/"
    shown = page(client, cast.official, form)
    assert "审核要看到什么" in shown
    assert "照片不是同一角度，请补拍。" in shown
    assert chosen(shown) == "", "all are carried out: the item as a whole"
    Measure.objects.filter(pk=second.pk).update(state="ongoing")
    assert chosen(page(client, cast.official, form)) == second.public_id, "the only one open"
    Measure.objects.filter(pk=first.pk).update(state="ongoing")
    assert chosen(page(client, cast.official, form)) == "", "none is due before the other"
    Measure.objects.filter(pk=first.pk).update(due_on=moment.today())
    assert chosen(page(client, cast.official, form)) == first.public_id, "the one that is due"
    assert chosen(page(client, cast.official, f"{form}?measure={second.public_id}")) == second.public_id

    fresh = at(cast, "accepted", measures=2)
    assert (
        "退回" not in page(client, cast.official, f"{fresh.get_absolute_url()}report/").split("<form", 2)[-1]
    )
    said = {"text": "已兑付到户。", "measure_done": "on", "kind": "photo_after"}
    one, other = fresh.measures.all()
    done = page(
        client, cast.official, f"{fresh.get_absolute_url()}report/",
        said | {"measure": one.public_id, "photos": photo()},
    )  # fmt: skip
    assert "进展已报送。申请销号前还差：第 2 条措施还没有成效和佐证材料。" in done
    done = page(
        client, cast.official, f"{fresh.get_absolute_url()}report/",
        said | {"measure": other.public_id, "photos": photo(colour=(1, 2, 3))},
    )  # fmt: skip
    assert "进展已报送。材料已齐，可以由主要负责人申请销号。" in done
    assert again(fresh).reports.count() == 2
