"""KEEP: what is kept about a visitor."""

from django.urls import path

from lecture.you import views

urlpatterns = [
    path("", views.you, name="you"),
    path("export/", views.export, name="you-export"),
    path("import/", views.import_, name="you-import"),
    path("delete/", views.delete, name="you-delete"),
]
