"""Every address of the site. URLs are nouns; each app keeps its own list."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("", include("config.pages")),
    path("", include("debates.urls")),
    path("", include("classrooms.urls")),
    path("api/v1/", include("debates.api.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "config.pages.not_understood"
handler500 = "config.middleware.broken"
handler404 = "debates.api.problems.page_not_found"
