"""COUNT: the overview, and its three calculators."""

from django.urls import path

from lecture.costs import views

urlpatterns = [
    path("", views.overview, name="costs"),
    path("bill/", views.bill, name="costs-bill"),
    path("break-even/", views.break_even, name="costs-break-even"),
    path("traps/", views.traps, name="costs-traps"),
]
