"""Who may extend a period stands with its rule; and how long sanctions take effect."""

from django.db import migrations, models

from povertyaudit.core.reference import install_number_schemes
from povertyaudit.core.reference_clocks import RULES, install


def load(apps, schema_editor):
    rule_model = apps.get_model("core", "ClockRule")
    for rule in RULES:
        if rule.extra_by:
            same = rule_model.objects.filter(code=rule.code, valid_from=rule.law.since, changed_by=None)
            same.update(extension_by=rule.extra_by)
    install(rule_model, apps.get_model("core", "LadderStep"))
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):
    dependencies = [("core", "0018_papers_by_the_clock")]

    operations = [
        migrations.AddField(
            "clockrule",
            "extension_by",
            models.CharField(
                "批准延长的机关",
                max_length=10,
                blank=True,
                default="",
                choices=[("", "本机关主要负责人"), ("superior", "上一级机关")],
            ),
            preserve_default=False,
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
