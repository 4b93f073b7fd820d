"""Write the fields of templates into docs/documents.md, or check that it says the same."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.documents import field_paper


class Command(BaseCommand):
    help = "Write the fields of documents into docs/documents.md; with --check exit 1 if it differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "documents.md"
        said = path.read_text("utf-8")
        text = field_paper.placed(said)
        if options["check"]:
            if said != text:
                raise CommandError(
                    "docs/documents.md is not what the kinds say: run manage.py write_documents."
                )
            self.stdout.write("docs/documents.md agrees with the kinds.")
            return
        path.write_text(text, "utf-8")
        self.stdout.write("wrote docs/documents.md")
