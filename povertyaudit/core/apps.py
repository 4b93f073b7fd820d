from django.apps import AppConfig

from povertyaudit import checks  # registers the system checks

__all__ = ["CoreConfig", "checks"]


class CoreConfig(AppConfig):
    name = "povertyaudit.core"
    label = "core"
    verbose_name = "基础"
