from django.db.models import JSONField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    SMALL = "s"
    LARGE = "l"


class Order(models.Model):
    size = models.CharField(max_length=1, choices=Size)
    gift = models.BooleanField(_("gift"), null=True)
    customer = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    extra = JSONField()

    class Meta:
        indexes = [models.Index(fields=["size", "customer"])]
        constraints = [models.CheckConstraint(condition=models.Q(size="s"), name="small")]
