"""First answers: one holder a key, the answer again for a day, nothing blindly repeated after a death."""

from __future__ import annotations

from sqlalchemy import select

from watchprint.store import Store
from watchprint.store.running.answers import Begun, Claim, CutOff, InFlight, Kept, OtherBody
from watchprint.store.schema import first_answers


def claim(store: Store, holder: str = "a", fingerprint: str = "body", name: str = "n") -> Claim:
    return store.write(lambda work: work.answers.claim(name, fingerprint, holder, 30))


def test_a_key_is_taken_once_and_gives_its_answer_for_a_day(store: Store) -> None:
    assert claim(store) == Begun()
    assert claim(store, "b") == InFlight(30)
    store.write(lambda work: work.answers.keep("n", "b", "not b's"))
    store.write(lambda work: work.answers.keep("n", "a", "the first"))
    assert claim(store, "b") == Kept("the first")
    assert claim(store, "b", "other") == OtherBody()
    store.clock.sleep(24 * 3600 - 1)
    assert store.write(lambda work: work.answers.sweep()) == 0
    assert claim(store, "b") == Kept("the first")
    store.clock.sleep(1)
    assert claim(store, "b", "other") == Begun()


def test_a_holder_that_died_leaves_nobody_to_repeat_it(store: Store) -> None:
    assert claim(store) == Begun()
    store.clock.sleep(20)
    store.write(lambda work: work.answers.renew("n", "a", 30))
    store.clock.sleep(20)
    assert claim(store, "b") == InFlight(10)
    store.clock.sleep(10)
    assert claim(store, "b") == CutOff()
    store.write(lambda work: work.answers.free("n", "b"))
    assert claim(store, "b") == CutOff()


def test_a_key_that_was_let_go_is_free_and_an_answer_is_not_let_go(store: Store) -> None:
    assert claim(store) == Begun()
    store.write(lambda work: work.answers.free("n", "a"))
    assert claim(store, "b") == Begun()
    store.write(lambda work: work.answers.keep("n", "b", "done"))
    store.write(lambda work: work.answers.free("n", "b"))
    assert claim(store, "c") == Kept("done")


def test_answers_are_sealed_and_those_of_lost_keys_are_cut_off(store: Store) -> None:
    claim(store)
    store.write(lambda work: work.answers.keep("n", "a", "whose secret"))
    held = store._database.read(lambda connection: connection.execute(select(first_answers.c.answer)).scalar_one())
    assert b"secret" not in held
    store.rotate_keys()
    assert claim(store, "b") == Kept("whose secret")
    store.rotate_keys(drop_old=True)
    assert claim(store, "b") == CutOff()


def test_what_is_about_an_account_goes_with_it_and_the_rest_after_a_day(store: Store) -> None:
    ann = store.write(lambda work: work.accounts.create("ann"))
    store.write(lambda work: work.answers.claim("hers", "body", "a", 30, ann.id))
    claim(store, name="another's")
    store.forget(ann.id)
    assert store.write(lambda work: work.answers.claim("hers", "body", "b", 30)) == Begun()
    assert claim(store, "b", name="another's") == InFlight(30)
    store.clock.sleep(25 * 3600)
    assert store.write(lambda work: work.answers.sweep()) == 2
