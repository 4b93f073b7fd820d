"""What people type into fields: full-width digits, sums in words, regions by name, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    RegionField,
    UnitField,
    UploadsField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import Role, UnitKind, User
from povertyaudit.core.scope import scope_choices
from tests import factories


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1200.50", 120_050),
        ("１２００．５", 120_050),
        ("1,234,567.8", 123_456_780),
        ("￥12", 1_200),
        ("12.5万", 12_500_000),
        ("１８８．７２万元", 188_720_000),
        ("0.000001万", 1),
        ("1,234万", 1_234_000_000),
        ("0", 0),
        ("10000000000000", 10**15),
    ],
)
def test_money_is_taken_as_people_write_it(typed, fen):
    assert MoneyField().clean(typed) == fen


@pytest.mark.parametrize(
    "typed",
    ["-1", "-1万", "1.234", "0.0000001万", "一百", "1e5", "9" * 19, "12..5", "万", "1万2", "12 5", "\x00", "😀", "10000000001万", "1.5x万"],
)  # fmt: skip
def test_money_that_is_none_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)
    assert refused.value.messages[0].endswith("。")


def test_money_may_be_left_out_only_where_it_is_not_asked_for():
    assert MoneyField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        MoneyField().clean(" ")


def test_money_shows_its_words_beside_the_field():
    class Form(PageForm):
        amount = MoneyField(label="金额")

    widget = Form({"amount": "1.5万"}).fields["amount"].widget
    assert widget.words("1.5万") == "壹万伍仟元整"
    assert widget.words("abc") == ""
    assert widget.format_value(1_500_000) == "15,000.00"


@pytest.mark.parametrize(
    "typed", ["2026-11-22", "２０２６－１１－２２", "2026年11月22日", "20261122", "2026/11/22"]
)
def test_dates_are_taken_as_people_write_them(typed):
    assert DateField().clean(typed).isoformat() == "2026-11-22"


@pytest.mark.parametrize("typed", ["2026-02-30", "0001-01-01", "9999-12-31", "昨天", "2026-13-01", "1" * 300])
def test_absurd_dates_are_refused(typed):
    with pytest.raises(ValidationError) as refused:
        DateField().clean(typed)
    assert refused.value.messages[0].endswith("。")


def test_a_date_that_must_not_lie_ahead_or_behind(time_machine):
    time_machine.move_to("2026-11-22 10:00+08:00")
    with pytest.raises(ValidationError):
        DateField(latest_today=True).clean("2026-11-23")
    with pytest.raises(ValidationError):
        DateField(earliest_today=True).clean("2026-11-21")
    assert DateField(latest_today=True, earliest_today=True).clean("2026-11-22")


def test_text_keeps_emoji_and_refuses_hidden_characters():
    assert CleanTextField().clean(" 情况属实😀\r\n第二行 ") == "情况属实😀\n第二行"
    for bad in ("a\x00b", "a\x07b", "a\u202eb"):
        with pytest.raises(ValidationError):
            CleanTextField().clean(bad)
    with pytest.raises(ValidationError):
        CleanLineField(max_length=5).clean("六个字的标题")
    with pytest.raises(ValidationError):
        CleanLineField().clean("两\n行")
    assert CleanCodeField().clean("ＸＦ－２０２６") == "XF-2026"
    assert len(CleanTextField().clean("字" * 150_000)) == 150_000


def test_a_protected_field_is_marked_and_never_sent_back():
    class Form(PageForm):
        name = CleanLineField(label="反映人", protected=True)
        story = CleanTextField(label="线索", protected=True)
        other = CleanLineField(label="其他")

    form = Form({"name": "王某某", "story": "住址", "other": ""})
    assert not form.is_valid()
    html = form.as_p()
    assert "王某某" not in html
    assert "住址" not in html
    assert html.count("data-protected") == 2


class PlaceForm(PageForm):
    region = RegionField(label="地区")


@pytest.mark.parametrize(
    "typed",
    [factories.VILLAGE, "９９０１０１１０１２０１", "石桥坳村", "澄江市/青禾县/柳溪镇/石桥坳村", "澄江市 / 青禾县 / 柳溪镇 / 石桥坳村"],
)  # fmt: skip
def test_a_region_is_taken_by_code_name_or_path(people, typed):
    form = PlaceForm({"region": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["region"].code == factories.VILLAGE


@pytest.mark.parametrize(
    "typed", ["999999999999", "不存在的村", "990101", "\x00", "石桥", "1" * 500, "' OR 1=1"]
)
def test_an_unknown_region_is_refused_with_what_to_do(people, typed):
    form = PlaceForm({"region": typed})
    assert not form.is_valid()
    assert form.errors["region"][0].endswith("。")


def test_a_foreign_region_is_simply_not_found(people):
    form = PlaceForm({"region": "990102101000"})
    scope_choices(form, people.petition)
    assert not form.is_valid()
    unknown = PlaceForm({"region": "999999999999"})
    scope_choices(unknown, people.petition)
    assert form.errors == unknown.errors


def test_a_region_comes_back_in_words(people):
    assert "柳溪镇 / 石桥坳村" in str(PlaceForm(initial={"region": factories.VILLAGE})["region"])
    assert "石桥坳村" in str(PlaceForm({"region": factories.VILLAGE})["region"])
    assert "乱写" in str(PlaceForm({"region": "乱写"})["region"])


def test_a_unit_is_taken_by_name_or_id_and_a_foreign_one_is_not(people):
    class Form(PageForm):
        unit = UnitField(label="单位")

    town = factories.unit("柳溪镇人民政府", UnitKind.TOWNSHIP, factories.TOWN)
    for typed in (town.name, town.public_id):
        form = Form({"unit": typed})
        scope_choices(form, people.casemgr)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["unit"] == town
    for typed in ("松涛镇人民政府", factories.unit("松涛镇人民政府", region="990102101000").public_id):
        form = Form({"unit": typed})
        scope_choices(form, people.casemgr)
        assert not form.is_valid()


def test_a_person_is_chosen_from_a_list_of_those_near(people):
    class Form(PageForm):
        handler = UserField(
            label="承办人", queryset=User.objects.holding([Role.SUPERVISION, Role.CASE_MANAGER])
        )

    form = Form({"handler": people.inspector1.public_id})
    scope_choices(form, people.casemgr)
    assert form.is_valid()
    assert "第一监督检查室" in str(form["handler"])
    foreign = Form({"handler": people.neighbour.public_id})
    scope_choices(foreign, people.casemgr)
    assert not foreign.is_valid()


def test_several_files_and_too_many():
    from django.core.files.uploadedfile import SimpleUploadedFile

    field = UploadsField(most=2)
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(3)]
    assert len(field.clean(files[:2])) == 2
    with pytest.raises(ValidationError):
        field.clean(files)
    with pytest.raises(ValidationError):
        field.clean([])
    with pytest.raises(ValidationError):
        field.clean([SimpleUploadedFile("empty.txt", b"")])


def test_sections_keep_the_order_of_the_paper_form():
    class Form(PageForm):
        sections = (("来源", ("b",)), ("没有的", ("x",)))
        a = CleanLineField(label="a")
        b = CleanLineField(label="b")

    assert [(title, [f.name for f in fields]) for title, fields in Form().grouped()] == [
        ("来源", ["b"]),
        ("", ["a"]),
    ]
    assert OpinionForm({}).is_valid()


def test_child_rows_have_a_title_and_a_least_number():
    class Row(PageForm):
        name = CleanLineField(label="姓名")

    rows = formset_of(Row, "被反映人", row_word="人", least=1)
    data = {"r-TOTAL_FORMS": "1", "r-INITIAL_FORMS": "0", "r-0-name": ""}
    assert rows(data, prefix="r").non_form_errors() == ["请至少填写 1 人。"]
    assert rows(data | {"r-0-name": "张某"}, prefix="r").is_valid()
    assert rows.title == "被反映人"
    many = data | {"r-TOTAL_FORMS": "1101"}
    assert rows(many, prefix="r").non_form_errors() == ["一次最多填写 100 人。"]


def test_child_rows_without_their_counts_are_refused_in_one_chinese_sentence():
    """A post by hand: neither Django's own words nor hidden fields that complain."""

    class Row(PageForm):
        name = CleanLineField(label="姓名")

    bare = formset_of(Row, "被反映人", row_word="人")({"r-0-name": "张某"}, prefix="r")
    assert not bare.is_valid()
    assert bare.non_form_errors() == ["提交的表单不完整，请刷新页面后重新填写。"]
    drawn = str(bare.counts)
    assert 'name="r-TOTAL_FORMS" value="0"' in drawn
    assert "<ul" not in drawn
