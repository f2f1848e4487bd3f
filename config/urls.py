"""Every address of the site. URLs are nouns; each app keeps its own list."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("", include("config.pages")),
    path("", include("debates.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
