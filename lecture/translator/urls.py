"""TRANSLATE: the paste form and what a file becomes; the same as files to keep; what may be remarked."""

from django.urls import path

from lecture.translator import views

urlpatterns = [
    path("", views.translator, name="translator"),
    path("findings/", views.findings, name="translator-findings"),
    *(path(what, views.take, {"what": what}, name=f"translator-{what}") for what in views.FILES),
]
