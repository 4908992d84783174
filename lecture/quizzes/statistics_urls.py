"""PRACTISE, for instructors: what the answers show."""

from django.urls import path

from lecture.quizzes import observing

urlpatterns = [
    path("", observing.statistics, name="quiz-statistics"),
    path("csv/", observing.table, name="quiz-statistics-csv"),
]
