"""READ: the course and what belongs to every page."""

from django.urls import path

from lecture.course import views

parts = [
    path("parts/<slug:part>/", views.part, name="part"),
    path("parts/<slug:part>/<slug:section>/", views.section, name="section"),
    path("parts/<slug:part>/<slug:section>/progress/", views.section_progress, name="section-progress"),
]

shelves = [
    path("deep-dives/<slug:slug>/", views.leaf, {"shelf": "deep-dives"}, name="deep-dive"),
    path("reference/<slug:slug>/", views.leaf, {"shelf": "reference"}, name="reference"),
]

about = [
    path("about/privacy/", views.about, {"page": "privacy"}, name="privacy"),
    path("about/accessibility/", views.about, {"page": "accessibility"}, name="accessibility"),
    path("about/keys/", views.about, {"page": "keys"}, name="keys"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("progress/", views.progress, name="progress"),
    path("glossary/", views.glossary, name="glossary"),
    path("card/", views.card, name="card"),
    path("search/", views.search, name="search"),
    path("print/", views.everything, name="print"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    *parts,
    *shelves,
    *about,
]
