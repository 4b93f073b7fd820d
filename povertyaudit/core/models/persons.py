"""Natural persons."""

from django.db import models

from povertyaudit.core.models.base import new_public_id


class Person(models.Model):
    """The natural person behind one or more accounts: two accounts of one person never count as two people."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("联系电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name
