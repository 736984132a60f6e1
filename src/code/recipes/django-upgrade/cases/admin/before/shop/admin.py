from django.contrib import admin

from shop.models import Order


class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "is_paid"]

    def is_paid(self, order):
        return order.paid is not None

    is_paid.boolean = True
    is_paid.short_description = "Paid"

    def link(self, order):
        return order.url

    link.allow_tags = True


admin.site.register(Order, OrderAdmin)


def close(modeladmin, request, queryset):
    queryset.update(closed=True)


close.short_description = "Close orders"
