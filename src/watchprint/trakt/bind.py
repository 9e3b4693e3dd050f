"""One definition, a typed method on both faces.

A class of endpoints is generic in its runner. A builder says what to ask; on access through an instance it becomes a
method that asks it: blocking where the runner blocks, a coroutine where it awaits. `Class.method.call(...)` gives what
would be asked, unsent.

    class Sync(Endpoints[R]):
        @endpoint                                             -> T               / Coroutine[T]
        def last_activities(self) -> Call[Activities]: ...
        @pages                                                -> Pages[T]        / AsyncPages[T]
        def history(self, *, ...) -> Listing[HistoryRow]: ...
        @flow                                                 -> T               / Coroutine[T]
        def add(self, items) -> Flow[Written]: ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Generator, Sequence
from functools import cached_property, wraps
from inspect import Signature, signature
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from watchprint.trakt.errors import Invalid
from watchprint.trakt.flows import Flow, result_of
from watchprint.trakt.paging import Listing, Rows, as_they_are
from watchprint.trakt.ports import AsyncPages, Awaiting, Blocking, Pages
from watchprint.trakt.wire import Call

_WRAPPED = re.compile(r"((?:(?:Flow\[Sequence\[Rows|Call|Flow|Listing|Plan|Rows)\[)+)(.*)")

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", Blocking, Awaiting)


class Endpoints(Generic[R]):
    """A group of endpoints over one runner."""

    def __init__(self, runner: R) -> None:
        self.runner: R = runner


class _Bound(Generic[P, T]):
    """What the three descriptors share: the builder, its name and its words."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        self.__name__: str = getattr(build, "__name__", "")

    @cached_property
    def signature(self) -> Signature:
        """What the caller types, and what comes of it."""
        whole = signature(self.build)
        inner = _inner(whole.return_annotation)
        return whole.replace(parameters=list(whole.parameters.values())[1:], return_annotation=inner)

    def _method(self, home: Endpoints[Any], run: Callable[..., Any], face: str = "{}") -> Any:
        """The method, as help() shows it; the instance keeps it, so that it is made once."""
        method = wraps(self.build)(run)
        returns = self.signature.return_annotation
        shown = self.signature.replace(return_annotation=face.format(returns) if isinstance(returns, str) else returns)
        setattr(method, "__signature__", shown)  # noqa: B010  (help() shows what the caller types)
        home.__dict__[self.__name__] = method
        return method


def _ran(home: Endpoints[Any], run: Callable[..., Any], build: Callable[..., Any]) -> Callable[..., Any]:
    """What a builder says, run; on the awaiting face a coroutine function, as frameworks expect."""

    def method(*args: Any, **kwargs: Any) -> Any:
        return run(build(home, *args, **kwargs))

    async def method_awaited(*args: Any, **kwargs: Any) -> Any:
        return await run(build(home, *args, **kwargs))

    return method if isinstance(home.runner, Blocking) else method_awaited


def _inner(annotation: Any) -> Any:
    """`Call[T]`, `Flow[T]`, `Listing[T]`, `Flow[Sequence[Rows[T]]]`: what they are to the caller, a T."""
    found = _WRAPPED.fullmatch(annotation) if isinstance(annotation, str) else None
    if found is None:
        return annotation
    wrapped = sum(len(name) > 0 for name in found[1].split("["))
    return found[2][: -wrapped or None]


class endpoint(_Bound[P, T]):
    """One call."""

    def __init__(self, build: Callable[Concatenate[Any, P], Call[T]]) -> None:
        super().__init__(build)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> Call[T]:
        """The call itself, unsent: for flows, for tests, for the curious."""
        built: Call[T] = self.build(None, *args, **kwargs)
        return built

    @overload
    def __get__(self, home: None, owner: type) -> endpoint[P, T]: ...
    @overload
    def __get__(self, home: Endpoints[Blocking], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, home: Endpoints[Awaiting], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, home: Endpoints[Any] | None, owner: type) -> Any:
        if home is None:
            return self
        return self._method(home, _ran(home, home.runner.run, self.build))


class flow(_Bound[P, T]):
    """Several calls."""

    def __init__(self, build: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        super().__init__(build)

    def steps(self, *args: P.args, **kwargs: P.kwargs) -> Flow[T]:
        """The flow itself, not started: for other flows and for tests."""
        built: Flow[T] = self.build(None, *args, **kwargs)
        return built

    @overload
    def __get__(self, home: None, owner: type) -> flow[P, T]: ...
    @overload
    def __get__(self, home: Endpoints[Blocking], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, home: Endpoints[Awaiting], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, home: Endpoints[Any] | None, owner: type) -> Any:
        if home is None:
            return self
        return self._method(home, _ran(home, home.runner.perform, self.build))


Plan = Listing[T] | Rows[T] | Flow[Sequence[Rows[T]]]
"""What a `@pages` builder gives: an endpoint's rows, or a flow that finds out which endpoints to read."""


class pages(_Bound[P, T]):
    """A lazy walk. A keyword `limit` of the builder is the most rows in all."""

    def __init__(self, build: Callable[Concatenate[Any, P], Plan[T]]) -> None:
        super().__init__(build)

    def plan(self, *args: P.args, **kwargs: P.kwargs) -> Plan[T]:
        """What would be walked."""
        built: Plan[T] = self.build(None, *args, **kwargs)
        return built

    def listing(self, *args: P.args, **kwargs: P.kwargs) -> Listing[T]:
        """The endpoint's own rows: for `read_whole` in flows, and for `Rows` of another form."""
        built = self.plan(*args, **kwargs)
        assert isinstance(built, Listing), f"{self.__name__} is not one endpoint's rows"
        return built

    @overload
    def __get__(self, home: None, owner: type) -> pages[P, T]: ...
    @overload
    def __get__(self, home: Endpoints[Blocking], owner: type) -> Callable[P, Pages[T]]: ...
    @overload
    def __get__(self, home: Endpoints[Awaiting], owner: type) -> Callable[P, AsyncPages[T]]: ...
    def __get__(self, home: Endpoints[Any] | None, owner: type) -> Any:
        if home is None:
            return self
        face = Pages if isinstance(home.runner, Blocking) else AsyncPages

        def method(*args: Any, **kwargs: Any) -> Any:
            limit = checked_limit(self._limit(args, kwargs))
            first: Plan[T] | None = self.build(home, *args, **kwargs)  # bad arguments are told at once

            def plan() -> Flow[Sequence[Rows[T]]]:
                nonlocal first
                built, first = first or self.build(home, *args, **kwargs), None
                return _as_flow(built)

            return face(home.runner, plan, limit)

        return self._method(home, method, face.__name__ + "[{}]")

    def _limit(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The caller's `limit`, given by name or by place."""
        names = list(self.signature.parameters)
        if "limit" in kwargs or "limit" not in names:
            return kwargs.get("limit")
        place = names.index("limit")
        return args[place] if place < len(args) else self.signature.parameters["limit"].default


def checked_limit(limit: Any) -> int | None:
    """The most rows to give.

    Raises:
        Invalid: It is not a whole number from 0.
    """
    if limit is None:
        return None
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        raise Invalid(f"limit is the most rows in all, a whole number from 0, not {limit!r}")
    return limit


def _as_flow(plan: Plan[T]) -> Flow[Sequence[Rows[T]]]:
    if isinstance(plan, Generator):
        return plan
    return result_of([as_they_are(plan) if isinstance(plan, Listing) else plan])
