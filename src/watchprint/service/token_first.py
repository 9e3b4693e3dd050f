"""A method of one user as a method of all users: the token comes first, all else stays, also for type checkers."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

from watchprint.trakt.bind import flow, pages
from watchprint.trakt.ports import AsyncPages, Awaiting, Blocking, Pages
from watchprint.trakt.tokens import TokenSource

P = ParamSpec("P")
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)
_FLOW = re.compile(r"Flow\[(.*)\]")
_WRAPPED = re.compile(r"Sequence\[Rows\[(.*)\]\]")


class _Home(Protocol[R_co]):
    """What has these methods."""

    @property
    def _runner(self) -> R_co: ...


class _ByToken(Generic[P, T]):
    """What the two descriptors share: the method, with the token before its arguments."""

    def __init__(self, method: Any) -> None:
        self.__doc__ = method.__doc__
        self.__name__: str = method.__name__
        self.build = _with_token(method.build)

    def _method(self, home: Any) -> Any:
        def method(token: str | TokenSource, /, *args: Any, **kwargs: Any) -> Any:
            return getattr(home.as_user(token), self.__name__)(*args, **kwargs)

        typed = signature(self.build)
        bound = wraps(self.build)(method)
        setattr(bound, "__signature__", typed.replace(parameters=list(typed.parameters.values())[1:]))  # noqa: B010
        return bound


class by_token(_ByToken[P, T]):
    """A method that gives a value."""

    if TYPE_CHECKING:

        def __init__(self, method: flow[P, T]) -> None: ...

    @overload
    def __get__(self, home: None, owner: type) -> by_token[P, T]: ...
    @overload
    def __get__(self, home: _Home[Blocking], owner: type) -> Callable[Concatenate[str | TokenSource, P], T]: ...
    @overload
    def __get__(
        self, home: _Home[Awaiting], owner: type
    ) -> Callable[Concatenate[str | TokenSource, P], Coroutine[Any, Any, T]]: ...
    def __get__(self, home: Any, owner: type) -> Any:
        return self if home is None else self._method(home)


class pages_by_token(_ByToken[P, T]):
    """A method that gives rows."""

    if TYPE_CHECKING:

        def __init__(self, method: pages[P, T]) -> None: ...

    @overload
    def __get__(self, home: None, owner: type) -> pages_by_token[P, T]: ...
    @overload
    def __get__(self, home: _Home[Blocking], owner: type) -> Callable[Concatenate[str | TokenSource, P], Pages[T]]: ...
    @overload
    def __get__(
        self, home: _Home[Awaiting], owner: type
    ) -> Callable[Concatenate[str | TokenSource, P], AsyncPages[T]]: ...
    def __get__(self, home: Any, owner: type) -> Any:
        return self if home is None else self._method(home)


def _with_token(build: Callable[..., Any]) -> Callable[..., Any]:
    """The builder's signature with the token after `self`, for help and for those who look."""
    whole = signature(build)
    first, *others = whole.parameters.values()
    token = Parameter("token", Parameter.POSITIONAL_ONLY, annotation="str | TokenSource")
    shown = [first.replace(kind=Parameter.POSITIONAL_ONLY), token, *others]
    returns = _WRAPPED.sub(r"Pages[\1]", _FLOW.sub(r"\1", str(whole.return_annotation)))

    @wraps(build)
    def described(*args: Any, **kwargs: Any) -> Any:
        return build(*args, **kwargs)

    setattr(described, "__signature__", whole.replace(parameters=shown, return_annotation=returns))  # noqa: B010
    return described
