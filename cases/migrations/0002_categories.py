from django.db import migrations

from cases.reference import CATEGORIES
from povertyaudit.core.migrating import Run


def load(apps, schema_editor):
    category = apps.get_model("cases", "Category")
    public_id = category._meta.get_field("public_id").default
    for order, (axis, code, name) in enumerate(CATEGORIES, 1):
        category.objects.update_or_create(
            code=code, defaults={"axis": axis, "name": name, "order": order}, create_defaults={
                "axis": axis, "name": name, "order": order, "public_id": public_id(),
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [Run(load, migrations.RunPython.noop)]
