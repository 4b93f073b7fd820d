"""What stands in files, shown as a hit of the record they belong to: only to whoever may read that file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from povertyaudit.core.home import LIMIT, Entry, Note
from povertyaudit.core.models import Attachment, FileText
from povertyaudit.core.words import Word, occurs

TEXTS, FILE = ("text",), "reading_id"
FEW = 200  # so many keys are kept in hand; a word that stands in more is looked for from the newest row back
NEWEST = 1000  # files that hold the words, of which those the user may read are shown
BEFORE, AFTER = 24, 56  # characters shown around what was found


def look(user: Any, words: Sequence[Word], found: Sequence[set[Any]]) -> list[Entry]:
    """The records in whose files every word stands; `found`: by word, the files that hold it, or more than few.

    One query for the newest files that hold the words, whoever may see them, one for those the user may read, one for each
    kind of record and one for the text around.
    """
    if not all(found):
        return []
    rows = Attachment.objects.filter(desk_unit=None).newest()
    for word, keys in zip(words, found, strict=True):
        rows = rows.filter(_holding(word, keys))
    newest = list(rows.order_by("-pk").values_list("pk", "target_label")[:NEWEST])
    labels = {label for _pk, label in newest}
    seen = Attachment.objects.visible_among(user, labels).filter(pk__in=[pk for pk, _label in newest])
    files = list(seen.order_by("-pk")) if newest else []
    entries = []
    for label in sorted(labels):
        mine = [file for file in files if file.target_label == label][:LIMIT]
        entries += _entries(user, label, mine, words)
    return entries


def _holding(word: Word, keys: set[Any]) -> Q:
    if len(keys) <= FEW:
        return Q(pk__in=sorted(keys))
    return Q(
        Exists(FileText.objects.filter(occurs(FileText, word, TEXTS, indexed=False), reading=OuterRef("pk")))
    )


def _entries(user: Any, label: str, files: Sequence[Attachment], words: Sequence[Word]) -> list[Entry]:
    rows = apps.get_model(label)._default_manager.visible_to(user)
    targets: Mapping[int, Any] = rows.in_bulk({file.target_id for file in files}) if files else {}
    texts = _around(files, words[0]) if files else {}
    return [
        Entry.of(targets[file.target_id])
        .with_note(Note(f"附件“{file}”", texts.get(file.pk, ""), file.get_absolute_url()))
        for file in files if file.target_id in targets
    ]  # fmt: skip


def _around(files: Sequence[Attachment], word: Word) -> dict[int, str]:
    """By file, the place where the word first stands."""
    pieces = FileText.objects.filter(occurs(FileText, word, TEXTS), reading__in=[file.pk for file in files])
    found: dict[int, str] = {}
    for pk, text in pieces.order_by("reading", "no").values_list("reading", "text"):
        if pk not in found:
            found[pk] = _cut(text, word)
    return found


def _cut(text: str, word: Word) -> str:
    flat = " ".join(text.split())
    places = [at for form in word.forms if (at := flat.casefold().find(form.casefold())) >= 0]
    at = min(places, default=0)
    begin, end = max(0, at - BEFORE), at + AFTER
    return f"{'…' if begin else ''}{flat[begin:end]}{'…' if end < len(flat) else ''}"
