from django.conf.urls import include, url

from shop import views

urlpatterns = [
    url(r"^orders/(?P<number>\d+)/$", views.order),
    url(
        r"^item/(?P<key>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/$",
        views.item,
    ),
    url(r"^tag/(?P<tag>[-a-zA-Z0-9_]+)/$", views.tag),
    url(r"about/$", views.about),
    url(r"api/", include("shop.api")),
    url(r"^old$", include("shop.old")),
    url(r"^new/", include("shop.new")),
    url(r"^year/(?P<year>\d{4})/$", views.year),
]
