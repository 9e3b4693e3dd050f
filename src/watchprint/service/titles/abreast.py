"""Several flows at once: what they ask at the same time is asked together, the same question once.

For look-ups: where Trakt knows no such thing, that flow alone ends.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from watchprint.trakt.errors import NotFound, refusal
from watchprint.trakt.flows import Ask, Flow, FlowStep, ask_all
from watchprint.trakt.wire import Call, Reply

T = TypeVar("T")
Key: TypeAlias = Hashable


def side_by_side(flows: Iterable[Flow[T]]) -> Flow[list[T | None]]:
    """What each flow gives, in their order; None where Trakt knows no such thing.

    Raises:
        TraktError: Any other error of any of them.
    """
    results: dict[int, T] = {}
    running: dict[int, tuple[Flow[T], FlowStep]] = {}
    flows = list(flows)
    for number, flow in enumerate(flows):
        _go_on(number, flow, None, running, results)
    while running:
        answers = yield from _answers({number: step for number, (_, step) in running.items()})
        for number, answer in answers.items():
            _go_on(number, running.pop(number)[0], answer, running, results)
    return [results.get(number) for number in range(len(flows))]


def _go_on(
    number: int, flow: Flow[T], answer: Any, running: dict[int, tuple[Flow[T], FlowStep]], results: dict[int, T]
) -> None:
    """One step of one flow; an unknown title ends it without a result."""
    try:
        step = flow.throw(answer) if isinstance(answer, NotFound) else flow.send(answer)
    except StopIteration as done:
        results[number] = done.value
    except NotFound:
        return
    else:
        running[number] = flow, step


def _answers(steps: dict[int, FlowStep]) -> Flow[dict[int, Any]]:
    """The answer to each step: a list for an Ask, the answer itself for all others."""
    answers: dict[int, Any] = {}
    asks = {number: step for number, step in steps.items() if isinstance(step, Ask)}
    for number, step in steps.items():
        if number not in asks:
            answers[number] = yield step
    calls = {_key(call): call for step in asks.values() for call in step.calls}
    found = yield from _found(calls)
    for number, step in asks.items():
        parts = [found[_key(call)] for call in step.calls]
        missing = next((part for part in parts if isinstance(part, NotFound)), None)
        answers[number] = parts if missing is None else missing
    return answers


def _found(calls: dict[Key, Call[Any]]) -> Flow[dict[Key, Any]]:
    """The answers by key; "no such thing" is the error itself, so that it ends one flow and not all."""
    answers = yield from ask_all([_patient(call) for call in calls.values()])
    return dict(zip(calls, answers, strict=True))


def _patient(call: Call[Any]) -> Call[Any]:
    """The same question, with a 404 as an answer."""

    def read(reply: Reply) -> Any:
        return refusal(reply, call.request) if reply.status == 404 else call.read(reply)

    return replace(call, read=read, accepts=call.accepts | {404})


def _key(call: Call[Any]) -> Key:
    """What makes two questions the same; answers of one endpoint are read in one way."""
    request = call.request
    return (request.method, request.path, tuple(sorted(request.query.items())))
