"""PRESENT: decks, slides, the overview."""

from django.urls import path

from lecture.slides import views

urlpatterns = [
    path("", views.shelf, name="slides"),
    path("<slug:deck>/", views.deck, name="deck"),
    path("<slug:deck>/overview/", views.overview, name="deck-overview"),
    path("<slug:deck>/transcript/", views.transcript, name="deck-transcript"),
    path("<slug:deck>/<str:slide>/", views.slide, name="slide"),
]
