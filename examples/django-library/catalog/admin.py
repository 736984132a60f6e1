from django.contrib import admin

from catalog.models import Book


class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "is_long"]
    actions = ["shorten"]

    def is_long(self, book):
        return book.pages > 500

    is_long.boolean = True
    is_long.short_description = "Long"

    def shorten(self, request, queryset):
        queryset.update(pages=1)

    shorten.short_description = "Leave one page"


admin.site.register(Book, BookAdmin)
