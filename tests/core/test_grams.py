"""The index of pairs: one for every model that says so, equal to the rows at all times, whatever stands in them."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from cases.models import LeadSubject, OtherNumber
from funds.models import Misuse
from povertyaudit.core import grams, keyset, words
from povertyaudit.core.words import occurs, word
from rectification.models import Item, Measure
from tests.rectification import makers

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the index")
SEARCHED = [model for model in apps.get_models() if getattr(model, "searched_texts", ())]
NASTY = [
    "〔2026〕12号",
    "ＺＪ-2026-0001",
    "a\tb\n低 保",
    "𠀀𠀁村",
    "é%_\\'\"",
    "",
    "单",
    "阿依·买买提",
    "abcXYZ",
]


def made_of(model):
    """The index as the model's declaration would make it."""
    texts = " || ' ' || ".join(f"COALESCE(\"{name}\", '')" for name in model.searched_texts)
    return model._meta.db_table + grams.SUFFIX, texts


@on_postgresql
def test_every_model_that_says_so_has_its_index_and_nobody_else():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname ~ '_grams$'")
        assert {name for (name,) in cursor.fetchall()} == {made_of(model)[0] for model in SEARCHED}


@on_postgresql
@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
def test_the_index_is_the_one_the_queries_ask_for(model):
    """Its expression letter by letter: otherwise the planner would not know it."""
    rows = model._base_manager.filter(occurs(model, word("低保"), model.searched_texts))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        assert f"Bitmap Index Scan on {made_of(model)[0]}" in rows.explain()


@on_postgresql
@pytest.mark.parametrize("text", NASTY)
def test_the_database_cuts_pairs_as_python_does(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_grams(%s, ARRAY[5, NULL, 0]::bigint[])", [text])
        assert sorted(set(cursor.fetchone()[0])) == sorted({*grams.keys(text), grams.key_of_sum(5)})


def test_what_the_index_finds_is_what_the_rows_say():
    """After every kind of change, also past the door for writes, without anything having been told."""
    cast = makers.people()
    item = makers.at(cast, "issued", problem="白露村产业奖补资金滞留〔2026〕12号")
    row = makers.misuse(cast, 42_500_000)
    looked_for = [
        "白露",
        "奖补",
        "资金滞留",
        "[2026]12号",
        "未发放",
        item.number[-4:],
        "425000",
        "金额",
        "查无",
    ]

    def agree():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            for model in (Item, Measure, Misuse, LeadSubject, OtherNumber):
                for one in map(word, looked_for):
                    by_index = model._base_manager.filter(occurs(model, one, model.searched_texts))
                    read = model._base_manager.filter(occurs(model, one, model.searched_texts, indexed=False))
                    assert set(by_index.values_list("pk")) == set(read.values_list("pk")), (model, one)

    agree()
    assert Item.objects.filter(occurs(Item, word("白露"), ("number", "problem"))).get() == item
    Item.objects.filter(pk=item.pk).update(problem="改为未发放")
    Misuse.objects.filter(pk=row.pk).update(title="改为列支围墙")
    agree()
    assert not Item.objects.filter(occurs(Item, word("白露"), Item.searched_texts)).exists()
    assert Misuse.objects.filter(occurs(Misuse, word("42.5万"), ("number",))).get() == row
    Measure.objects.all().delete()
    agree()


def test_a_list_reads_few_by_keys_and_many_in_its_order(monkeypatch):
    """The same rows, pages and number either way; SQLite reads its table."""
    cast = makers.people()
    some = {makers.at(cast, "issued", problem=f"白露村奖补滞留 {n}") for n in range(3)}
    makers.at(cast, "issued", problem="路灯未安装")
    shapes = set()
    for least in (5, 2):
        monkeypatch.setattr(words, "FEW", least)
        rows = Item.objects.filter(words.standing(Item, word("白露"), Item.searched_texts))
        shapes.add(words.looked_for_often(rows.query.where))
        assert set(rows) == some
        first = keyset.take(rows, "-created_at", size=2)
        assert {*first.rows, *keyset.take(rows, "-created_at", first.next, size=2).rows} == some
        assert keyset.count(rows, cap=least) == keyset.Count(3)
        often = words.looked_for_often(rows.query.where)
        assert keyset.take_counted(rows, "-created_at", size=2)[1] == (
            keyset.Count(2, more=True) if often else keyset.Count(3)
        )
        assert not Item.objects.filter(words.standing(Item, word("查无此词"), Item.searched_texts)).exists()
    assert shapes == ({False, True} if connection.vendor == "postgresql" else {False})


def test_a_word_of_one_pair_needs_no_locale():
    assert grams.keys("低保") == [ord("低") << 21 | ord("保")]
    assert grams.keys("A-1") == grams.keys("，。") == []
