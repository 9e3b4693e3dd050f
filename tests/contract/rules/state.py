"""Which test shows which rule of the state behind the endpoints (trakt-api.md 19)."""

from __future__ import annotations

from tests.contract.rules.rule import (
    ACTIVITIES,
    DISPATCH,
    FAULTS,
    HISTORY,
    INVARIANTS,
    MARKS,
    PAGING,
    READING,
    SCROBBLING,
    TOKENS,
    TRAKT_FAULTS,
    rules,
)

BUMPS = (
    *rules(
        "19",
        ACTIVITIES,
        (
            "History, scrobble, pause, library, rating, marks, hidden, lists, settings move their fields",
            "test_an_act_moves_its_fields",
        ),
        (
            "A matured check-in moves the time of watching, when it was due",
            "test_a_checkin_moves_nothing_until_it_matures",
        ),
        ("What left the watchlist moves its fields too", "test_an_act_moves_its_fields"),
        ("A position that is deleted moves paused_at", "test_deleting_a_saved_position test_an_act_moves_its_fields"),
        ("Order and notes of watchlist and favorites move theirs", "test_reordering_and_noting"),
    ),
    *rules(
        "19",
        READING,
        (
            "Order, items and notes of lists move the lists",
            "test_changing_the_order_or_the_items_of_lists_moves_the_lists",
        ),
        ("Showing again moves what hiding moved", "test_showing_again_what_was_hidden_moves_its_field"),
    ),
)

TRUE_ALWAYS = (
    *rules(
        "19",
        INVARIANTS,
        ("Added, existing, updated and not found cover every leaf", "TestAccount"),
        ("Plays of watched titles are the rows of the history", "TestAccount"),
        ("Statistics derive from the tables", "TestAccount"),
        ("Ids only grow", "TestAccount"),
        ("Watching has never run out; positions are one an item", "TestAccount"),
        ("What was removed from the history is no longer watched", "TestAccount"),
        ("A reordered list is a permutation", "TestAccount"),
        ("Pages of the history put together are the history", "TestAccount"),
    ),
    *rules("19", PAGING, ("A page walk is a partition", "test_pages_are_a_partition")),
    *rules("19", MARKS, ("So it is of sorted lists", "test_a_page_walk_is_a_partition")),
    *rules(
        "19",
        HISTORY,
        ("And of a window of the history", "test_every_window_is_a_filter_and_its_pages_are_a_partition"),
    ),
    *rules(
        "19",
        TOKENS,
        ("A spent refresh token is 400 and never good again", "test_each_refresh_token_works_once_whatever_the_order"),
    ),
    *rules(
        "19",
        SCROBBLING,
        ("Watching ends by the clock", "test_start_sets_watching_until_the_remaining_runtime_is_over"),
    ),
    *rules(
        "19",
        READING,
        ("No GET changes anything", "test_no_get_changes_anything"),
        ("But what is due happens", "test_what_is_due_happens_with_whatever_is_read_next"),
        ("404 or an empty list", "test_a_known_title_without_plays_is_an_empty_list_and_an_unknown_one_404"),
    ),
    *rules(
        "19",
        "sandbox/routes/test_any_body.py",
        (
            "Whatever is sent, there is an answer; reads change nothing",
            "test_every_write_answers test_every_read_answers_and_changes_nothing",
        ),
    ),
)

STRICT = (
    *rules(
        "19",
        DISPATCH,
        ("Strict: a version is wanted", "test_the_api_version_matters_in_strict_mode_only"),
        ("Strict: unknown fields are 400", "test_unknown_fields_are_refused_in_strict_mode_only"),
        ("A GET needs no content type", "test_no_body_needs_no_content_type"),
    ),
    *rules(
        "19",
        HISTORY,
        (
            "Strict: a number as time is 400, as are unknown fields of items",
            "test_strict_takes_only_full_utc_times test_strict_refuses_unknown_fields",
        ),
    ),
    *rules("19", PAGING, ("Strict: `limit=all` is clamped", "test_all_is_first_party")),
)

BROKEN = (
    *rules(
        "19",
        FAULTS,
        ("Every kind there is", "test_every_kind_is_known_and_an_unknown_one_names_them"),
        ("An expired token", "test_an_expired_token_stays_expired_until_it_is_refreshed"),
        ("429 in three forms", "test_the_three_429s_differ_in_what_they_tell"),
        ("The edge's 502, 503, 504 and 520 to 522 as HTML", "test_the_edge_answers_html"),
        (
            "500, and 401, 420 (empty), 423, 426",
            "test_a_refusal_comes_instead_of_the_answer test_401_and_423_and_426_and_420_look_like_trakts",
        ),
        ("Slow", "test_slow_waits_and_then_answers"),
        ("Stored, but 504", "test_stored_504_has_its_effect"),
        ("Wrong counts", "test_bad_count_is_off_by_delta"),
        ("Null rows", "test_null_rows_hit_lists_of_titles_only"),
        ("Seconds kept or cut", "test_seconds_are_kept_only_while_that_fault_is_armed"),
        ("Reads behind writes", "test_lag_hides_a_write_for_a_while"),
        ("A refresh whose answer is lost", "test_a_lost_refresh_has_spent_the_token"),
    ),
    *rules(
        "19",
        TRAKT_FAULTS,
        (
            "The same on Trakt's own endpoints",
            "test_a_stored_504_leaves_exactly_one_play test_rows_without_titles_keep_their_id_and_time "
            "test_a_lagging_play_shows_late_everywhere_at_once "
            "test_history_keeps_seconds_under_that_fault_and_cuts_them_after",
        ),
    ),
)

STATE = (*BUMPS, *TRUE_ALWAYS, *STRICT, *BROKEN)
