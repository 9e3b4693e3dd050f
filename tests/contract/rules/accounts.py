"""Which test shows which rule of account limits and VIP (trakt-api.md 5)."""

from __future__ import annotations

from tests.contract.rules.rule import LIMITS, LISTS, MARKS, OWN_LIMITS, PROGRESS, USERS, rules

ACCOUNTS = (
    *rules(
        "5",
        LIMITS,
        (
            "An addition over the limit is 420: watchlist, favorites, library, list items, plays, ratings",
            "test_one_too_many_fails_whole test_every_play_needs_room",
        ),
        ("A list over the limit is 420", "test_lists"),
        ("A note over the limit is 420", "test_notes"),
        ("The whole request fails, nothing is written", "test_one_too_many_fails_whole"),
        (
            "What is there already needs no room",
            "test_what_is_there_already_needs_no_room test_an_account_over_its_limit_may_repeat_itself",
        ),
        ("Settings tell the limits", "test_settings_tell_the_limits"),
    ),
    *rules(
        "5",
        OWN_LIMITS,
        (
            "Free and VIP accounts have the published limits",
            "test_a_new_account_has_the_published_limits "
            "test_notes_are_limited_for_free_accounts_and_as_good_as_unlimited_for_vip",
        ),
        ("Discs in the library have a limit of their own", "test_discs_have_a_limit_of_their_own_in_the_library"),
        ("Items over all lists have a limit", "test_all_lists_together_have_a_limit"),
        ("Notes on list items need VIP", "test_notes_in_lists_are_for_vip"),
    ),
    *rules("5", PROGRESS, ("Resetting progress and undoing it need VIP: 426", "test_resetting_is_for_vip")),
    *rules("5", USERS, ("Saved filters need VIP: 426", "test_what_a_sandbox_lacks_is_empty")),
    *rules(
        "5",
        LISTS,
        ("Changing the note of a list item needs VIP: 426", "test_notes_of_items_are_for_vip"),
    ),
    *rules(
        "5",
        MARKS,
        ("A sort that is for VIP falls back to rank for others", "test_vip_sorts_fall_back_to_rank"),
        ("Notes on the watchlist need VIP", "test_notes_when_adding test_notes_of_one_item"),
    ),
)
