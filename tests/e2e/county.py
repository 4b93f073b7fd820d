"""As a program: the demo county told short in DATA_DIR, where `manage.py serve` then finds it and starts at once."""

import os
import shutil

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
os.environ.setdefault("POVERTYAUDIT_ENV", "local")


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests import migrated
    from tests.demo.short import shorten

    shutil.copyfile(migrated.kept("sqlite3", migrated.sqlite), settings.DATABASES["default"]["NAME"])
    with pytest.MonkeyPatch.context() as patch:
        shorten(patch)
        call_command("seed_demo")


if __name__ == "__main__":
    main()
