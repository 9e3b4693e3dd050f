"""TraktService and AsyncTraktService: the 27 methods for an application with many users, each with the user's token.

    service = TraktService.from_env()
    service.add_to_history(token, Movie(tmdb=949))
    user = service.as_user(token)                    the same methods without the token
    user.add_to_history(Movie(tmdb=949))

The methods are written once, without the token and without a runner (the group files); here they get both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Self, TypeAlias

from watchprint.service.checkins import Checkins
from watchprint.service.collection import Collection
from watchprint.service.favorites import Favorites
from watchprint.service.history import History
from watchprint.service.lists import Lists
from watchprint.service.profile import Profile
from watchprint.service.scrobbling import Scrobbling
from watchprint.service.search import Searching
from watchprint.service.token_first import by_token, pages_by_token
from watchprint.service.watchlist import Watchlist
from watchprint.service.where import where
from watchprint.settings import API_URL, Settings
from watchprint.trakt.bind import R
from watchprint.trakt.clients import USER_AGENT, AsyncTrakt, DriverName, Trakt
from watchprint.trakt.clock import Clock
from watchprint.trakt.flows import ABREAST
from watchprint.trakt.pacing import Pacing
from watchprint.trakt.ports import Awaiting, AwaitingHttp, Blocking, BlockingHttp
from watchprint.trakt.tokens import TokenSource, as_source


class UserService(
    Scrobbling[R],
    Checkins[R],
    History[R],
    Collection[R],
    Watchlist[R],
    Lists[R],
    Favorites[R],
    Profile[R],
    Searching[R],
):
    """The 27 methods for one user."""


AsyncUserService: TypeAlias = UserService[Awaiting]
"""The same to await: what `AsyncTraktService.as_user` gives."""


class _AllUsers(Generic[R]):
    """The 27 methods with the user's access token, or a TokenSource, as first argument."""

    def __init__(self, runner: R) -> None:
        self._runner: R = runner

    def as_user(self, token: str | TokenSource) -> UserService[R]:
        """The same methods without the token.

        Args:
            token: The user's access token (never renewed: a 401 is TokenExpired), or a TokenSource, whose pair is
                renewed under its lock.

        Raises:
            Invalid: The token is blank.
        """
        return UserService(self._runner.as_user(as_source(token)))

    scrobble_start = by_token(Scrobbling.scrobble_start)
    scrobble_pause = by_token(Scrobbling.scrobble_pause)
    scrobble_stop = by_token(Scrobbling.scrobble_stop)
    checkin_movie = by_token(Checkins.checkin_movie)
    checkin_episode = by_token(Checkins.checkin_episode)
    delete_checkin = by_token(Checkins.delete_checkin)
    add_to_history = by_token(History.add_to_history)
    remove_from_history = by_token(History.remove_from_history)
    get_history = pages_by_token(History.get_history)
    add_to_collection = by_token(Collection.add_to_collection)
    remove_from_collection = by_token(Collection.remove_from_collection)
    get_collection = pages_by_token(Collection.get_collection)
    add_to_watchlist = by_token(Watchlist.add_to_watchlist)
    remove_from_watchlist = by_token(Watchlist.remove_from_watchlist)
    get_watchlist = pages_by_token(Watchlist.get_watchlist)
    create_list = by_token(Lists.create_list)
    delete_list = by_token(Lists.delete_list)
    get_user_lists = pages_by_token(Lists.get_user_lists)
    get_list_items = pages_by_token(Lists.get_list_items)
    add_to_list = by_token(Lists.add_to_list)
    remove_from_list = by_token(Lists.remove_from_list)
    add_to_favorites = by_token(Favorites.add_to_favorites)
    remove_from_favorites = by_token(Favorites.remove_from_favorites)
    get_favorites = pages_by_token(Favorites.get_favorites)
    get_user_stats = by_token(Profile.get_user_stats)
    get_user_watching = by_token(Profile.get_user_watching)
    search = pages_by_token(Searching.search)


class TraktService(_AllUsers[Blocking]):
    """Trakt for an application and all its users, blocking. One instance serves any number of threads.

    Args:
        client_id: The application's key at Trakt.
        client_secret: Its secret, where a sign-in or a refresh needs one.
        api_url: Where Trakt is; a sandbox has its own.
        auth_url: Where its sign-in is; auth.trakt.tv for api.trakt.tv, else the API's own origin.
        redirect_uri: As registered for the application, where a sign-in or a refresh needs one.
        timeout_s: Longest wait for a connection and for each part of an answer [s].
        user_agent: How the application names itself.
        driver: The HTTP library: "httpx2", "pyreqwest" (extra `fast`), or an object of your own.
        pacing: Who may send when; shared by all clients of the process unless given.
        clock: Tells the time and waits.
        abreast: Pages in flight at a time.

    Raises:
        NotConfigured: The client id is blank, or a URL is not one.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        api_url: str = API_URL,
        auth_url: str | None = None,
        redirect_uri: str | None = None,
        timeout_s: float = 20.0,
        user_agent: str = USER_AGENT,
        driver: DriverName | BlockingHttp = "httpx2",
        pacing: Pacing | None = None,
        clock: Clock | None = None,
        abreast: int = ABREAST,
    ) -> None:
        self.trakt = Trakt(
            client_id,
            client_secret,
            api_url=api_url,
            auth_url=auth_url,
            redirect_uri=redirect_uri,
            timeout_s=timeout_s,
            user_agent=user_agent,
            driver=driver,
            pacing=pacing,
            clock=clock,
            abreast=abreast,
        )
        super().__init__(self.trakt.runner)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """A service as the environment says: TRAKT_CLIENT_ID, TRAKT_CLIENT_SECRET, TRAKT_API_URL, TRAKT_REDIRECT_URI.

        Args:
            env: The variables; None: those of this process.

        Raises:
            NotConfigured: TRAKT_CLIENT_ID is missing, or TRAKT_API_URL is no address.
        """
        return cls(**where(Settings.from_env(env)))

    def close(self) -> None:
        """Close the connections."""
        self.trakt.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncTraktService(_AllUsers[Awaiting]):
    """Trakt for an application and all its users, async; see `TraktService`."""

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        api_url: str = API_URL,
        auth_url: str | None = None,
        redirect_uri: str | None = None,
        timeout_s: float = 20.0,
        user_agent: str = USER_AGENT,
        driver: DriverName | AwaitingHttp = "httpx2",
        pacing: Pacing | None = None,
        clock: Clock | None = None,
        abreast: int = ABREAST,
    ) -> None:
        self.trakt = AsyncTrakt(
            client_id,
            client_secret,
            api_url=api_url,
            auth_url=auth_url,
            redirect_uri=redirect_uri,
            timeout_s=timeout_s,
            user_agent=user_agent,
            driver=driver,
            pacing=pacing,
            clock=clock,
            abreast=abreast,
        )
        super().__init__(self.trakt.runner)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """A service as the environment says; see `TraktService.from_env`.

        Raises:
            NotConfigured: TRAKT_CLIENT_ID is missing, or TRAKT_API_URL is no address.
        """
        return cls(**where(Settings.from_env(env)))

    async def aclose(self) -> None:
        """Close the connections."""
        await self.trakt.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
