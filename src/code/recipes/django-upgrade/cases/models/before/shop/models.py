from django.contrib.postgres.fields import ArrayField, JSONField
from django.db import models
from django.utils.translation import ugettext_lazy as _


class Size(models.TextChoices):
    SMALL = "s"
    LARGE = "l"


class Order(models.Model):
    size = models.CharField(max_length=1, choices=Size.choices)
    gift = models.NullBooleanField(_("gift"))
    customer = models.ForeignKey("auth.User")
    extra = JSONField()

    class Meta:
        index_together = [["size", "customer"]]
        constraints = [models.CheckConstraint(check=models.Q(size="s"), name="small")]
