"""PRESENT: decks, slides, the overview, the speaker view and its talks."""

from django.urls import path

from lecture.slides import speaking, views

urlpatterns = [
    path("", views.shelf, name="slides"),
    path("talks/", speaking.talks, name="talks"),
    path("talks/<str:token>/", speaking.talk, name="talk"),
    path("talks/<str:token>/speaker/", speaking.talk_speaker, name="talk-speaker"),
    path("talks/<str:token>/clock/", speaking.talk_clock, name="talk-clock"),
    path("talks/<str:token>/plan/", speaking.talk_plan, name="talk-plan"),
    path("<slug:deck>/", views.deck, name="deck"),
    path("<slug:deck>/overview/", views.overview, name="deck-overview"),
    path("<slug:deck>/speaker/", speaking.speaker, name="deck-speaker"),
    path("<slug:deck>/handout/", views.handout, {"kind": "student"}, name="handout"),
    path("<slug:deck>/handout/slides/", views.handout, {"kind": "slides"}, name="handout-slides"),
    path("<slug:deck>/handout/notes/", speaking.handout, name="handout-notes"),
    path("<slug:deck>/transcript/", views.transcript, name="deck-transcript"),
    path("<slug:deck>/<str:slide>/", views.slide, name="slide"),
]
