from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "povertyaudit.activities"
    label = "activities"
    verbose_name = "工作纪实"
