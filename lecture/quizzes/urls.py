"""PRACTISE: self-checks and quizzes."""

from django.urls import path

from lecture.quizzes import exporting, meeting, taking, views

urlpatterns = [
    path("", taking.shelf, name="quizzes"),
    path("misconceptions/", meeting.believed, name="misconceptions"),
    path("questions/<str:id>/", views.question, name="question"),
    path("questions/<str:id>/outline/", meeting.outline, name="question-outline"),
    path("questions/<str:id>/print/", views.printed, name="question-print"),
    path("questions/<str:id>/vote/", views.vote, name="question-vote"),
    path("questions/<str:id>/blank/", views.vote, {"blank": True}, name="question-blank"),
    path("export/", exporting.index, name="quiz-exports"),
    path("<slug:quiz>/export/<slug:format>", exporting.download, name="quiz-export"),
    path("<slug:quiz>/paper/", exporting.printed, name="quiz-paper"),
    path("<slug:quiz>/", taking.start, name="quiz"),
    path("<slug:quiz>/<str:key>/", taking.attempt, name="quiz-attempt"),
    path("<slug:quiz>/<str:key>/again/", taking.again, name="quiz-again"),
    path("<slug:quiz>/<str:key>/<int:place>/", taking.question, name="quiz-question"),
]
