"""GeoDjango with PostGIS over our own tables, as its guide shows: models, dwithin, JsonResponse.

Runs in the peers' own environment: `gunicorn benchmarks.peer_django:app`. PEER_SOCKET and
PEER_NAME say where the database is. It answers `/near.json?lat=…&lng=…` with what our points say.
"""

import os
from datetime import date, timedelta

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="of a benchmark",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.gis"],
    DATABASES={
        "default": {
            "ENGINE": "django.contrib.gis.db.backends.postgis",
            "NAME": os.environ["PEER_NAME"],
            "USER": "postgres",
            "HOST": os.environ["PEER_SOCKET"],
            "CONN_MAX_AGE": None,
        }
    },
)
django.setup()

from django.contrib.gis.db import models  # noqa: E402
from django.contrib.gis.db.models.functions import Distance  # noqa: E402
from django.contrib.gis.geos import Point  # noqa: E402
from django.contrib.gis.measure import D  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LEVELS = ["No talking needed", "A hello", "Some chat", "Chatty", "Introductions"]


class Venue(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32)
    locality = models.CharField(max_length=120)
    point = models.PointField(geography=True)

    class Meta:
        app_label, managed, db_table = "peer", False, "venues"


class Group(models.Model):
    id = models.UUIDField(primary_key=True)
    venue = models.ForeignKey(Venue, models.DO_NOTHING)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=32)
    main_format = models.CharField(max_length=32)
    cost_kind = models.CharField(max_length=32)
    cost_pence = models.IntegerField(null=True)
    is_talking_known = models.BooleanField()
    talking_level = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "peer", False, "groups"


class Session(models.Model):
    pk = models.CompositePrimaryKey("group_id", "position")
    group = models.ForeignKey(Group, models.DO_NOTHING, related_name="sessions")
    position = models.IntegerField()
    weekday = models.CharField(max_length=32)
    starts = models.TimeField()

    class Meta:
        app_label, managed, db_table = "peer", False, "sessions"


def near(request: HttpRequest) -> JsonResponse:
    here = Point(float(request.GET["lng"]), float(request.GET["lat"]), srid=4326)
    found = (
        Group.objects.filter(state="published", venue__point__dwithin=(here, D(mi=3)))
        .select_related("venue")
        .prefetch_related("sessions")
        .annotate(distance=Distance("venue__point", here))
        .order_by("distance")[:2000]
    )
    features = [_feature(group) for group in found]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _feature(group: Group) -> dict[str, object]:
    venue, upcoming = group.venue, _next(group)
    return {
        "type": "Feature",
        "id": str(group.id),
        "geometry": {"type": "Point", "coordinates": [venue.point.x, venue.point.y]},
        "properties": {
            "name": group.name,
            "url": f"/groups/{group.id}",
            "talking": group.talking_level if group.is_talking_known else None,
            "talking_label": LEVELS[group.talking_level - 1] if group.is_talking_known else "",
            "format": group.main_format,
            "venue": venue.name,
            "venue_kind": venue.kind,
            "locality": venue.locality,
            "cost": group.cost_kind,
            "cost_pence": group.cost_pence,
            "next": upcoming,
            "distance_m": round(group.distance.m),
        },
    }


def _next(group: Group) -> str | None:
    """The next weekday of its sessions: terms and holidays are left out, which ours does not."""
    today = date.today()  # noqa: DTZ011
    moments = [
        f"{today + timedelta((DAYS.index(s.weekday) - today.weekday()) % 7)}T{s.starts:%H:%M}"
        for s in group.sessions.all()
    ]
    return min(moments, default=None)


urlpatterns = [path("near.json", near)]
app = get_wsgi_application()
