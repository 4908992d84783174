"""LOOK UP: the table, the same as files, one page a concept."""

from django.urls import path

from lecture.rosetta import views

urlpatterns = [
    path("", views.look_up, name="rosetta"),
    *(path(what, views.take, {"what": what}, name=f"rosetta-{what}") for what in views.FILES),
    path("<str:concept>/", views.concept, name="rosetta-concept"),
]
