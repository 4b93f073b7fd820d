from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "povertyaudit.exchange"
    label = "exchange"
    verbose_name = "台账交换"
