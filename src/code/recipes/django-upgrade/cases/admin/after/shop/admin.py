from django.contrib import admin

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "is_paid"]

    @admin.display(
        description="Paid",
        boolean=True,
    )
    def is_paid(self, order):
        return order.paid is not None


    def link(self, order):
        return order.url





@admin.action(
    description="Close orders"
)
def close(modeladmin, request, queryset):
    queryset.update(closed=True)


