from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "povertyaudit.core"
    label = "core"
    verbose_name = "基础"
