"""Attributes of regions by year, successors that a person names, and where both are seen."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, verify
from povertyaudit.core.models import (
    AuditEntry,
    Region,
    RegionAttribute,
    RegionChange,
    RegionLoad,
    RegionMark,
    RegionName,
)
from tests.core.machines import API, machine
from tests.core.test_clock_pages import post
from tests.factories import OTHER_TOWN, QINGHE, TOWN, VILLAGE, YUNPING

pytestmark = pytest.mark.django_db

MARKS = f"区划代码,年度,属性\n{VILLAGE},2014,贫困村\n{VILLAGE},2018,deep_poor_village\n{TOWN},2017,极贫乡镇\n"


@pytest.fixture
def load(tmp_path, people):
    def run(text, *options):
        file = tmp_path / "marks.csv"
        file.write_text(text)
        said = io.StringIO()
        call_command("load_region_attributes", str(file), *options, stdout=said)
        return said.getvalue()

    return run


@pytest.fixture
def vanished(people):
    """The township was dissolved yesterday; its units still name it."""
    Region.objects.filter(code=TOWN).update(ends_on=moment.today() - timedelta(days=1))
    loaded = RegionLoad.objects.create(as_of=moment.today(), file_name="区划.csv", file_sha256="0" * 64)
    return RegionChange.objects.create(region_id=TOWN, load=loaded)


def test_attributes_are_loaded_once_and_shown_by_year(load, client, people):
    assert "新增 3" in load(MARKS)
    assert "新增 0，已有 3" in load(MARKS)
    client.force_login(people.casemgr)
    page = client.get(f"/regions/{VILLAGE}/").content.decode()
    assert "深度贫困村" in page
    assert "2014" in page
    found = client.get("/regions/?attribute=poor_village").content.decode()
    assert VILLAGE in found
    assert OTHER_TOWN not in found
    api = machine(people.casemgr)
    assert api.get(f"{API}regions/{VILLAGE}/").json()["attributes"] == [
        {"year": 2018, "kind": "deep_poor_village", "kind_display": "深度贫困村"},
        {"year": 2014, "kind": "poor_village", "kind_display": "贫困村"},
    ]
    rows = api.get(f"{API}regions/?attribute=poor_village&year=2018").json()["results"]
    assert rows == []  # that year it was marked otherwise
    assert AuditEntry.objects.filter(verb="region.load_attributes").count() == 2


def test_every_wrong_line_of_attributes_is_named_and_nothing_is_kept(load):
    wrong = f"code,year,kind\n{VILLAGE},2014,贫困村\n123,2014,贫困村\n{VILLAGE},20145,贫困村\n{VILLAGE},2014,富裕村\n"
    with pytest.raises(CommandError) as refused:
        load(wrong)
    for line in ("第 3 行", "第 4 行", "第 5 行"):
        assert line in str(refused.value)
    assert not RegionAttribute.objects.exists()
    assert "新增 1" in load(wrong, "--accept-good")
    assert "试运行" in load(MARKS, "--dry-run")
    assert RegionAttribute.objects.count() == 1


def test_the_same_attribute_stands_once_a_year(people):
    mark = RegionMark.objects.get(code="poor_village")
    RegionAttribute.objects.create(region_id=VILLAGE, year=2014, mark=mark)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionAttribute.objects.create(region_id=VILLAGE, year=2014, mark=mark)


def test_leads_are_filtered_by_the_attribute_of_their_region(load, people, client):
    load(MARKS)
    client.force_login(people.casemgr)
    assert client.get("/leads/?attribute=poor_village").status_code == 200
    assert client.get("/items/?attribute=poor_village").status_code == 200
    assert machine(people.casemgr).get(f"{API}leads/?attribute=nothing").status_code == 400


def test_the_security_officer_names_the_successor_on_a_page(client, people, vanished):
    client.force_login(people.secadmin)
    assert "地区变更待确认" in client.get("/").content.decode()
    assert TOWN in client.get("/region-changes/").content.decode()
    address = f"{vanished.get_absolute_url()}name_successor/"
    assert post(client, address, {"successor": TOWN, "note": ""}).status_code in {400, 422}
    assert post(client, address, {"successor": OTHER_TOWN, "note": "并入白杨乡。"}).status_code == 302
    assert Region.objects.get(code=TOWN).successor_id == OTHER_TOWN
    page = client.get(vanished.get_absolute_url()).content.decode()
    assert "已确认去向" in page
    assert "并入白杨乡" in page
    assert "没有等待确认" in client.get("/region-changes/").content.decode()
    assert verify.verify().broken == []


def test_over_rest_a_vanished_region_is_given_no_successor_with_a_reason(people, vanished):
    api = machine(people.secadmin)
    row = api.get(f"{API}region-changes/").json()["results"][0]
    assert row["actions"] == ["name_successor", "no_successor"]
    assert api.post(f"{API}region-changes/{row['id']}/no_successor/", {}, format="json").status_code == 422
    said = api.post(f"{API}region-changes/{row['id']}/no_successor/", {"note": "整村搬迁。"}, format="json")
    assert said.json()["state"] == "none"
    again = api.post(
        f"{API}region-changes/{row['id']}/name_successor/", {"successor": OTHER_TOWN}, format="json"
    )
    assert again.status_code == 409


@pytest.mark.parametrize("name", ["neighbour", "official", "inspector1"])
def test_nobody_else_sees_the_question(people, vanished, name):
    api = machine(getattr(people, name))
    assert api.get(f"{API}region-changes/{vanished.public_id}/").status_code == 404
    assert api.get(f"{API}region-changes/").json()["results"] == []


def test_the_registry_sees_the_question_but_may_not_answer(people, vanished):
    api = machine(people.casemgr)
    answer = api.post(
        f"{API}region-changes/{vanished.public_id}/name_successor/", {"successor": OTHER_TOWN}, format="json"
    )
    assert answer.status_code == 403


def test_the_database_holds_that_an_answer_has_its_person(people, vanished):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionChange.objects.filter(pk=vanished.pk).update(state="none")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionChange.objects.filter(pk=vanished.pk).update(state="named", decided_by=people.secadmin)


def test_a_region_is_found_by_its_former_name_and_lists_cost_the_same(
    client, people, django_assert_max_num_queries
):
    RegionName.objects.create(region_id=TOWN, name="旧柳公社", valid_to="1984-01-01")
    client.force_login(people.casemgr)
    found = client.get("/choose/regions/?q=旧柳").json()["results"]
    assert [row["value"] for row in found] == [TOWN]
    api = machine(people.casemgr)
    assert api.get(f"{API}regions/?q=旧柳公社").json()["results"][0]["former_names"][0]["name"] == "旧柳公社"
    with django_assert_max_num_queries(27):
        client.get("/regions/")


def test_a_region_outside_the_scope_is_not_there(client, people):
    client.force_login(people.casemgr)
    assert client.get(f"/regions/{QINGHE}/").status_code == 200
    assert client.get(f"/regions/{YUNPING}/").status_code == 404


def test_the_heading_names_the_region_and_what_became_of_it(client, people, vanished):
    client.force_login(people.secadmin)
    path = vanished.region.path_name
    assert f"<h1>{path}</h1>" in client.get(f"/regions/{TOWN}/").content.decode()
    page = client.get(vanished.get_absolute_url()).content.decode()
    assert f"<h1>{path} 于 {vanished.region.ends_on} 撤销</h1>" in page
