"""Who a user is: own settings with limits, profile, Trakt's totals, what is watched at this moment."""

from __future__ import annotations

from typing import Any

from watchprint.trakt.bind import Endpoints, R, endpoint
from watchprint.trakt.endpoints.feeds import needs_user, of_user
from watchprint.trakt.models.playing import Watching
from watchprint.trakt.models.stats import UserStats
from watchprint.trakt.models.users import Settings, User
from watchprint.trakt.requests import get, maybe, path_of, send, set_values
from watchprint.trakt.wire import Call


class UserAccount(Endpoints[R]):
    """Settings, profile, totals."""

    @endpoint
    def settings(self) -> Call[Settings]:
        """The signed-in user: who they are, their zone, networks and limits.

        Source: GET /users/settings
        """
        return get(Settings, "/users/settings")

    @endpoint
    def update_settings(
        self,
        *,
        name: str | None = None,
        about: str | None = None,
        location: str | None = None,
        private: bool | None = None,
        dob: str | None = None,
        browsing: dict[str, Any] | None = None,
    ) -> Call[None]:
        """Change the own settings; what is None stays. Repeatable: it sets values.

        Args:
            name: The name shown.
            about: A text about oneself.
            location: Where one lives.
            private: Only followers see the profile.
            dob: Date of birth (YYYY-MM-DD).
            browsing: Trakt's browsing settings, as its own object.

        Source: PUT /users/settings
        """
        fields = {"name": name, "about": about, "location": location, "private": private, "dob": dob}
        user = {key: value for key, value in fields.items() if value is not None} or None
        return send("PUT", "/users/settings", set_values(user=user, browsing=browsing), repeatable=True)

    @endpoint
    def profile(self, user: str = "me", *, extended: str | None = None) -> Call[User]:
        """A user's profile.

        Args:
            user: Slug, or "me".
            extended: "full" for place, age and more; "vip" for facts of VIP.

        Source: GET /users/{id}
        """
        base: tuple[str, ...] = of_user(user)
        return get(User, path_of(*base), needs_user=needs_user(base), extended=extended)

    @endpoint
    def stats(self, user: str = "me") -> Call[UserStats]:
        """Trakt's own totals of a user; they may be hours old.

        Source: GET /users/{id}/stats
        """
        base: tuple[str, ...] = of_user(user)
        return get(UserStats, path_of(*base, "stats"), needs_user=needs_user(base))

    @endpoint
    def watching(self, user: str = "me", *, extended: str | None = None) -> Call[Watching | None]:
        """What a user watches now, None where it is nothing.

        Args:
            user: Slug, or "me".
            extended: "full" for all facts about the title.

        Source: GET /users/{id}/watching
        """
        base: tuple[str, ...] = of_user(user)
        return maybe(Watching, path_of(*base, "watching"), needs_user=needs_user(base), extended=extended)
