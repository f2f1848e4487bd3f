from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassroomsConfig(AppConfig):
    name = "classrooms"
    verbose_name = _("Classes")

    def ready(self) -> None:
        from accounts import personal_data
        from classrooms.demo import loading
        from classrooms.models import Snapshot
        from classrooms.personal import Classrooms
        from classrooms.retention import forget_expired
        from classrooms.ways import way_back_of
        from classrooms.zones import zone_of
        from debates.clearing import also_clear
        from debates.demo.loading import also_load
        from debates.late import zones
        from debates.models.act import before_late_acts
        from debates.ways_back import ways_back

        personal_data.register(Classrooms())
        zones.append(zone_of)
        ways_back.append(way_back_of)
        before_late_acts.append(Snapshot.objects.freeze)
        also_clear.append(forget_expired)
        also_load.append(loading.load)
