"""What all users of the sandbox did with one title: `/movies/{id}/stats`, `/shows/{id}/stats`."""

from __future__ import annotations

from watchprint.sandbox.catalogue.titles import Movie, Show
from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.state import Item, User


def audience(world: World, title: Movie | Show) -> dict[str, int]:
    """How many users watched, own, list, rate and favour the title, and how often it was played."""
    item = Item("movie" if isinstance(title, Movie) else "show", title.trakt)
    users = list(world.state.users.values())
    plays = [_plays(user, world, item) for user in users]
    favored = sum(_listed(user, item, favorites=True) for user in users)
    counts = {
        "watchers": sum(n > 0 for n in plays),
        "plays": sum(plays),
        "collectors": sum(_owns(user, world, item) for user in users),
        "comments": 0,
        "lists": sum(_listed(user, item, favorites=False) for user in users),
        "votes": sum(any(row.item == item for row in user.ratings) for user in users),
        "favorited": favored,
        "recommended": favored,
    }
    if isinstance(title, Show):
        counts["collected_episodes"] = sum(_owned(user, world, item) for user in users)
    return counts


def _plays(user: User, world: World, item: Item) -> int:
    index = viewed(user, world)
    return len((index.by_movie if item.type == "movie" else index.by_show).get(item.trakt, ()))


def _owned(user: User, world: World, item: Item) -> int:
    if item.type == "movie":
        return sum(row.item == item for row in user.collection)
    episodes = (world.catalogue.episodes.get(r.item.trakt) for r in user.collection if r.item.type == "episode")
    return sum(episode is not None and episode.show.trakt == item.trakt for episode in episodes)


def _owns(user: User, world: World, item: Item) -> bool:
    return _owned(user, world, item) > 0


def _listed(user: User, item: Item, *, favorites: bool) -> int:
    lists = [user.favorites] if favorites else user.lists
    return sum(any(e.item == item for e in one.entries) for one in lists if one is not None)
