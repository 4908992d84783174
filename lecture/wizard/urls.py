"""DECIDE: the answers are the address; the decision record as a file to keep."""

from django.urls import path

from lecture.wizard import views

urlpatterns = [
    path("", views.wizard, name="wizard"),
    path("record.md", views.take, name="wizard-record"),
]
