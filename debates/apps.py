from django.apps import AppConfig


class DebatesConfig(AppConfig):
    name = "debates"

    def ready(self) -> None:
        # Models can be imported only now.
        from accounts import personal_data, renaming
        from debates.models import Topic
        from debates.personal import Debates

        personal_data.register(Debates())
        renaming.on_rename(lambda user: Topic.objects.touch(user))
