from django.apps import AppConfig


class DebatesConfig(AppConfig):
    name = "debates"

    def ready(self) -> None:
        # Models can be imported only now.
        from accounts import personal_data
        from debates.personal import Debates

        personal_data.register(Debates())
