from django.contrib import admin
from django.urls import path, re_path

from catalog import views

urlpatterns = [
    path("admin/", admin.site.urls),
    re_path(r"^books/(?P<pk>\d+)/$", views.book, name="book"),
    re_path(r"^whoami/$", views.whoami),
]
