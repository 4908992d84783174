"""PRACTISE: one question; whole quizzes come later."""

from django.urls import path

from lecture.quizzes import views

urlpatterns = [
    path("questions/<str:id>/", views.question, name="question"),
    path("questions/<str:id>/print/", views.printed, name="question-print"),
]
