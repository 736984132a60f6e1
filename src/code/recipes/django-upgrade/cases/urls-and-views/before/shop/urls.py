from django.conf.urls import include, url

from shop import views

urlpatterns = [
    url(r"^orders/(?P<number>\d+)/$", views.order),
    url(r"^find/(?P<text>.*)$", views.find),
    url(r"^api/", include("shop.api")),
]
