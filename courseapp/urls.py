"""Every address: the rooms' own lists, one below the other."""

from django.urls import include, path

urlpatterns = [
    path("", include("lecture.course.urls")),
    path("costs/", include("lecture.costs.urls")),
    path("quizzes/statistics/", include("lecture.quizzes.statistics_urls")),
    path("quizzes/", include("lecture.quizzes.urls")),
    path("review/", include("lecture.quizzes.review_urls")),
    path("rosetta/", include("lecture.rosetta.urls")),
    path("slides/", include("lecture.slides.urls")),
    path("translator/", include("lecture.translator.urls")),
    path("wizard/", include("lecture.wizard.urls")),
    path("", include("lecture.signin.urls")),
    path("you/", include("lecture.you.urls")),
]

handler400 = "lecture.course.errors.bad_request"
handler403 = "lecture.course.errors.forbidden"
handler404 = "lecture.course.errors.not_found"
handler500 = "lecture.course.errors.server_error"
