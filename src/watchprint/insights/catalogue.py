"""Every insight there is, by name."""

from __future__ import annotations

from watchprint.insights.errors import UnknownInsight
from watchprint.insights.insight import Insight
from watchprint.insights.rhythm.calendar import CALENDAR
from watchprint.insights.rhythm.milestones import MILESTONES
from watchprint.insights.rhythm.punch_card import PUNCH_CARD
from watchprint.insights.rhythm.records import RECORDS
from watchprint.insights.rhythm.streaks import STREAKS
from watchprint.insights.sessions.grip import GRIP
from watchprint.insights.sessions.sessions import SESSIONS
from watchprint.insights.shows.drop_off import DROP_OFF
from watchprint.insights.shows.in_progress import IN_PROGRESS
from watchprint.insights.shows.premiere import PREMIERE
from watchprint.insights.taste.critic import CRITIC
from watchprint.insights.taste.eras import ERAS
from watchprint.insights.taste.hills import HILLS
from watchprint.insights.taste.passport import PASSPORT
from watchprint.insights.titles.first_last import FIRST_LAST
from watchprint.insights.titles.on_this_day import ON_THIS_DAY
from watchprint.insights.titles.ratings import RATINGS
from watchprint.insights.titles.rewatches import REWATCHES
from watchprint.insights.titles.top import TOP
from watchprint.insights.titles.top_rated import TOP_RATED
from watchprint.insights.trust.trust import TRUST
from watchprint.insights.volume.by import BY
from watchprint.insights.volume.places import PLACES
from watchprint.insights.volume.screen_time import SCREEN_TIME
from watchprint.insights.volume.totals import TOTALS

INSIGHTS: tuple[Insight, ...] = (
    TOTALS,
    SCREEN_TIME,
    BY,
    CALENDAR,
    PUNCH_CARD,
    TOP,
    TOP_RATED,
    RATINGS,
    FIRST_LAST,
    ON_THIS_DAY,
    STREAKS,
    RECORDS,
    MILESTONES,
    SESSIONS,
    GRIP,
    REWATCHES,
    IN_PROGRESS,
    DROP_OFF,
    PREMIERE,
    ERAS,
    CRITIC,
    HILLS,
    PASSPORT,
    PLACES,
    TRUST,
)

_BY_NAME = {name: insight for insight in INSIGHTS for name in (insight.name, *insight.names)}
NAMES: tuple[str, ...] = tuple(_BY_NAME)


def spelled(name: str) -> str:
    """The name as it stands in `NAMES`, which may be given with blanks, underscores or capitals.

    Raises:
        UnknownInsight: no insight has it; it names the ones that look alike.
    """
    known = "-".join(name.lower().replace("_", " ").replace("-", " ").split())
    if known not in _BY_NAME:
        raise UnknownInsight(name, NAMES)
    return known


def found(name: str) -> Insight:
    """The insight that answers to the name.

    Raises:
        UnknownInsight: none does; it names the ones that look alike.
    """
    return _BY_NAME[spelled(name)]


def catalogue() -> list[Insight]:
    """The declarations, in the order in which they are shown."""
    return list(INSIGHTS)
