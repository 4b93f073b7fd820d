"""Register numbers: schemes as data, one locked counter row per scheme, county, office and year."""

from django.db import models

from povertyaudit.core.models.places import Region


class NumberScheme(models.Model):
    """How numbers of one kind look. Placeholders: {county} {office} {year} {seq}."""

    code = models.CharField("类别", max_length=20, unique=True)
    name = models.CharField("名称", max_length=50)
    pattern = models.CharField("格式", max_length=80)
    width = models.PositiveSmallIntegerField("序号位数", default=4)

    class Meta:
        verbose_name = "编号规则"

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given out."""

    scheme = models.ForeignKey(NumberScheme, models.PROTECT, related_name="counters")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    office = models.CharField(max_length=8, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "county", "office", "year"), name="one_counter_per_register"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.county_id} {self.office} {self.year}: {self.last}"
