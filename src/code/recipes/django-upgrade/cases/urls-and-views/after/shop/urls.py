from django.urls import include, path, re_path

from shop import views

urlpatterns = [
    path("orders/<int:number>/", views.order),
    re_path(r"^find/(?P<text>.*)$", views.find),
    path("api/", include("shop.api")),
]
