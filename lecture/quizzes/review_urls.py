"""PRACTISE: the review."""

from django.urls import path

from lecture.quizzes import reviewing

urlpatterns = [
    path("", reviewing.review, name="review"),
    path("next/", reviewing.following, name="review-next"),
    path("settings/", reviewing.settings, name="review-settings"),
]
