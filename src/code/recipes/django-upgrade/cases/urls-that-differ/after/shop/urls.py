from django.urls import include, path, re_path

from shop import views

urlpatterns = [
    path("orders/<int:number>/", views.order),
    path(
        "item/<uuid:key>/",
        views.item,
    ),
    path("tag/<slug:tag>/", views.tag),
    path("about/", views.about),
    path("api/", include("shop.api")),
    path("old", include("shop.old")),
    path("new/", include("shop.new")),
    re_path(r"^year/(?P<year>\d{4})/$", views.year),
]
