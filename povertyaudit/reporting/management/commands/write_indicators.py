"""Write docs/indicators.md from the catalogue, or check that it says the same."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.reporting import catalogue_paper


class Command(BaseCommand):
    help = "Write docs/indicators.md from the catalogue of indicators; with --check exit 1 if it differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = Path(settings.BASE_DIR) / "docs" / "indicators.md", catalogue_paper.text()
        if options["check"]:
            if not path.exists() or path.read_text("utf-8") != text:
                raise CommandError(
                    "docs/indicators.md is not what the catalogue says: run manage.py write_indicators."
                )
            self.stdout.write("docs/indicators.md agrees with the catalogue.")
            return
        path.write_text(text, "utf-8")
        self.stdout.write("wrote docs/indicators.md")
