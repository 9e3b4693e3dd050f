"""People with one planted trait are told it first; people without any are told that nothing stands out.

The rows are made by `people`, which knows nothing of the insights; the bars are those of the product: of forty people
the first sentence names the trait for at least 32; of forty without one it says for 36 or more that nothing stands out.
"""

from __future__ import annotations

import os
from collections import Counter

import numpy as np

from tests.insights.findings.habits import TRAITS, Trait, usual
from tests.insights.findings.people import NOW, Person
from watchprint import insights
from watchprint.insights.findings import NOTHING, Findings, findings

TIMES = 5 if int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200 else 1
SEED = 20_260_301


def told(seed: int, trait: Trait | None = None) -> Findings:
    """What is found in somebody, who has the trait or none."""
    rng = np.random.default_rng([SEED, seed])
    habits = usual(rng) if trait is None else trait.plant(usual(rng))
    lived = Person(habits, rng).lived()
    return findings(insights.load(plays=lived.plays, titles=lived.titles, ratings=lived.ratings), now=NOW)


def test_the_first_sentence_names_the_planted_trait_for_32_of_40() -> None:
    assert len(TRAITS) == 20
    people = [(name, trait, 1_000 * place + copy) for place, (name, trait) in enumerate(TRAITS.items(), 1)
              for copy in range(2 * TIMES)]  # fmt: skip
    sentences = [(name, trait, told(seed, trait).sentence) for name, trait, seed in people]
    missed = [(name, said) for name, trait, said in sentences if not any(words in said for words in trait.names)]
    print("planted", len(people) - len(missed), "of", len(people), missed)
    assert len(people) == 40 * TIMES
    assert len(people) - len(missed) >= 32 * TIMES, missed
    assert max(Counter(name for name, _ in missed).values(), default=0) <= TIMES, "no trait is missed in most people"


def test_nothing_stands_out_for_36_of_40_without_a_trait() -> None:
    found = [told(seed) for seed in range(40 * TIMES)]
    odd = [each.sentence for each in found if each.standing_out]
    print("usual", len(found) - len(odd), "of", len(found), odd)
    assert all((each.sentence == NOTHING) is not bool(each.standing_out) for each in found)
    assert len(found) - len(odd) >= 36 * TIMES, odd
    assert min(len(each.others) for each in found) >= 12, "much is looked at in everybody"
