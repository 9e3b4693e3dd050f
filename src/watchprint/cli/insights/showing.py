"""Answers on stdout: drawn, as JSON, or as CSV. Computes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watchprint.cli.insights.csv_lines import emit_csv
from watchprint.cli.narrate import say

if TYPE_CHECKING:
    from watchprint.cli.insights.asked import Question
    from watchprint.insights import Answer
    from watchprint.insights.findings import Findings


def show_list(question: Question) -> None:
    """Every insight by name; with --json, each declaration whole."""
    from watchprint import insights
    from watchprint.cli.narrate import draw_table, emit_json

    known = insights.catalogue()
    if question.as_json:
        emit_json([declaration.described() for declaration in known])
    elif question.as_csv:
        head = ("name", "question", "unit", "shape", "guard")
        emit_csv(head, ([getattr(each, name) for name in head] for each in known))
    else:
        draw_table(["name", "question"], ((d.name, d.question) for d in known), title="Insights")
        say("\nwatchprint insights findings says what stands out in all of them.")


def show_answer(answer: Answer, stats: Any, question: Question) -> None:
    """The answer as it was asked for."""
    if question.compare and answer.before is None:
        say(f"There is no period before {answer.period!r} to compare with: name one, as in --period 2024.")
    if question.as_json:
        from watchprint.cli.narrate import emit_json

        emit_json(answer.to_json_dict(plays_behind=question.plays_behind))
    elif question.as_csv:
        more = ("play_ids",) if question.plays_behind else ()
        rows = ((*_values(row), *([answer.plays_behind(row)] if more else [])) for row in answer.rows)
        emit_csv((*answer.insight.row.__struct_fields__, *more), rows)
    else:
        from watchprint.cli.drawing import render
        from watchprint.cli.narrate import draw

        draw(render(answer, stats=stats))


def show_findings(found: Findings, question: Question) -> None:
    """What stands out, as it was asked for."""
    if question.as_json:
        from watchprint.cli.narrate import emit_json
        from watchprint.insights.findings import plain

        emit_json(plain(found))
    elif question.as_csv:
        head = ("insight", "trait", "stands_out", "sentence", "estimate", "expected", "error", "n", "z")
        of = [(each, True) for each in found.standing_out] + [(each, False) for each in found.others]
        emit_csv(head, ((each.insight, each.effect.trait, out, *_of_effect(each.effect)) for each, out in of))
    else:
        from watchprint.cli.drawing import drawn_findings
        from watchprint.cli.narrate import draw

        draw(drawn_findings(found))


def _of_effect(effect: Any) -> tuple[Any, ...]:
    return effect.sentence, effect.estimate, effect.expected, effect.error, effect.n, effect.z


def _values(row: Any) -> list[Any]:
    return [getattr(row, name) for name in row.__struct_fields__]
