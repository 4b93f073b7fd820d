from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "povertyaudit.talks"
    label = "talks"
    verbose_name = "约谈"
