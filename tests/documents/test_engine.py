"""Templates of documents: what may stand in one, what is refused and how, and that the same values give the same bytes."""

import io
import zipfile

import pytest
from docx import Document

from povertyaudit.core import apart
from povertyaudit.core.errors import RuleBroken
from povertyaudit.documents.engine import checking, layout, producing, reading, sandbox
from povertyaudit.documents.kinds import kinds
from tests.core.machines import PDF
from tests.documents.words import GOOD, text, with_part, word

pytestmark = pytest.mark.once
KIND = "press_letter"


def check(data, name="模板.docx"):
    kind = kinds()[KIND]
    with apart.files_of_ours():  # the process apart has its own tests
        checking.check(data, name, kind.label, kind.fields)


def refused(data, name="模板.docx"):
    """The one sentence, at the field of the file."""
    with pytest.raises(RuleBroken) as told:
        check(data, name)
    assert told.value.field == "file"
    assert str(told.value).endswith("。")
    return str(told.value)


def samples():
    return kinds()[KIND].fields.samples()


def test_a_good_template_is_taken_and_filled_the_same_way_twice():
    data = word(*GOOD, header="{{ 地区 }}")
    check(data)
    made = producing.filled(data, samples())
    assert made == producing.filled(data, samples())
    assert "（1）（内容）" in text(made)
    assert "{{" not in text(made)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_value_is_a_text_and_nothing_else():
    values = samples() | {
        "标题": "甲<w:p>&乙{{ 7*7 }}{% for x in y %}",
        "编号": "号\x0b\x00码",
        "主送": "一行\n二行",
    }
    made = producing.filled(word(*GOOD), values)
    assert Document(io.BytesIO(made)).paragraphs[0].text == "甲<w:p>&乙{{ 7*7 }}{% for x in y %}"
    assert "号码" in text(made)
    assert reading.lines_of(made)[1].words.startswith("一行\n二行")


def test_a_mark_split_by_word_into_pieces_is_still_read():
    document = Document()
    paragraph = document.add_paragraph("请办理{{ 编")
    paragraph.add_run("号 ").bold = True
    paragraph.add_run("}}。")
    raw = io.BytesIO()
    document.save(raw)
    check(raw.getvalue())
    assert "请办理990101-ZG-2026-0001。" in text(producing.filled(raw.getvalue(), samples()))


@pytest.mark.parametrize(("paragraphs", "named"), [
    (["{{ 反映人 }}"], "反映人"),
    (["{%p for 行 in 要求 %}", "{{ 行.姓名 }}", "{%p endfor %}"], "行.姓名"),
    (["{%p for 行 in 举报人 %}", "{{ 标题 }}", "{%p endfor %}"], "举报人"),
    (["{%p for 行 in 要求 %}", "{{ loop.previtem }}", "{%p endfor %}"], "loop.previtem"),
    (["{{ 行.内容 }}"], "行.内容"),
    (["{{ 标题.upper }}"], "标题.upper"),
])  # fmt: skip
def test_an_unknown_field_is_named(paragraphs, named):
    assert f"“{named}”不是督办函的字段" in refused(word(*paragraphs))


ESCAPES = (
    "{{ 7*7 }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 标题.__class__ }}",
    "{{ 标题|attr('__class__') }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{% set x = 标题 %}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% macro f() %}{% endmacro %}",
    "{% for x in range(9999999) %}{% endfor %}",
    "{% for x in (1,2) %}{{ 标题 }}{% endfor %}",
    "{% for 标题 in 要求 %}{{ 标题 }}{% endfor %}",
    "{{ 标题 ~ 编号 }}",
    "{{ 标题 if 编号 else 主送 }}",
    "{{r 标题 }}",
    "{% cellbg 标题 %}",
    "{% if 标题 is defined %}{% endif %}",
    "{{ 要求[0] }}",
    "{{ 标题() }}",
)


@pytest.mark.parametrize("escape", ESCAPES)
def test_code_is_refused(escape):
    told = refused(word("{{ 标题 }}", escape))
    assert "不能写运算和代码" in told or "不允许的写法" in told or "不是督办函的字段" in told


@pytest.mark.parametrize("escape", ESCAPES)
def test_the_second_wall_stands_alone(escape, monkeypatch):
    """What the reading of marks let through, the tree does not; and in a header and a footnote as in the text."""
    monkeypatch.setattr(checking, "_tags_are_plain", lambda tags: None)
    refused(word("{{ 标题 }}", escape.replace("{{r", "{{").replace("标题 }}", "x }}")))


@pytest.mark.parametrize("escape", [one for one in ESCAPES if one.startswith("{{") and "r 标题" not in one])
def test_the_third_wall_stands_alone(escape):
    """Rendered without any check: nothing is reached, nothing is called."""
    env = sandbox.Sandbox()
    values = {"标题": "甲", "编号": "", "主送": "", "要求": [{"内容": "乙"}]}
    try:
        said = env.from_string(escape).render(values)
    except Exception as stopped:  # noqa: BLE001 — which way it is stopped does not matter
        said = type(stopped).__name__
    assert "class" not in said
    assert "root" not in said
    assert "49" not in said


@pytest.mark.parametrize(("paragraphs", "said"), [
    (["没有字段"], "没有写任何字段"),
    (["{{ 标题"], "没有成对"),
    (["{%p for 行 in 要求 %}", "{{ 行.内容 }}"], "没有成对"),
    (["{%p endfor %}"], "没有成对"),
    (["{{ 要求 }}"], "要用 for 循环"),
    (["{{ 标题 }}"] * 501, "超过 500 处"),
])  # fmt: skip
def test_what_does_not_fit_is_said(paragraphs, said):
    assert said in refused(word(*paragraphs))


def test_code_in_the_header_and_in_the_properties_is_found():
    assert "7*7" in refused(word("{{ 标题 }}", header="{{ 7*7 }}"))
    assert "文件属性" in refused(word("{{ 标题 }}", title="{{ 标题 }}"))


def test_files_that_are_none_are_refused():
    good = word(*GOOD)
    heavy = with_part(word("{{ 标题 }}"), "word/header9.xml", b"<w:hdr>" + b" " * (6 * 1024 * 1024))
    for data, name, said in (
        (with_part(good, "word/vbaProject.bin", b"x"), "模板.docx", "宏"),
        (b"PK" + b"0" * (50 * 1024 * 1024), "模板.docx", "不能超过 5 MB"),
        (good[: len(good) // 2], "模板.docx", "损坏"),
        (b"GIF89a" + b"0" * 100, "模板.docx", "只能上传"),
        (b"", "模板.docx", "文件是空的"),
        (PDF, "模板.pdf", "docx"),
        (heavy, "模板.docx", ""),
    ):
        with pytest.raises(RuleBroken) as told:
            checking.check(data, name, "督办函", kinds()[KIND].fields)
        assert said in str(told.value)


@pytest.mark.parametrize("code", list(kinds()))
def test_the_templates_of_the_product_pass_their_own_check(code):
    kind = kinds()[code]
    with apart.files_of_ours():
        checking.check(kind.template(), "模板.docx", kind.label, kind.fields)
    made = producing.filled(kind.template(), kind.fields.samples())
    assert kind.template() == kind.template()
    assert "{" not in text(made)
    assert all(field.meaning for field in kind.fields.all)


@pytest.mark.parametrize("code", list(kinds()))
def test_the_page_is_that_of_the_standard(code):
    section = Document(io.BytesIO(kinds()[code].template())).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.footer.paragraphs[0].text == "—  —"
    title = Document(io.BytesIO(kinds()[code].template())).paragraphs[0]
    assert (title.runs[0].font.size.pt, title.alignment) == (22, layout.ALIGN.CENTER)
