from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """An app without models, so that the operator's commands have a home."""

    name = "config"
