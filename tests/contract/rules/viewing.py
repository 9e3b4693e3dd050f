"""Which test shows which rule of scrobbling and checking in (trakt-api.md 9, 10)."""

from __future__ import annotations

from tests.contract.rules.rule import HISTORY, PAYLOADS, SCROBBLING, TABLE, TRAKT_FAULTS, rules

SCROBBLES = (
    *rules(
        "9",
        SCROBBLING,
        ("One item in four forms", "test_each_of_the_four_forms_names_one_title"),
        ("An unknown item is 404", "test_an_unknown_title_is_404"),
        ("Progress is a number from 0 to 100", "test_progress_outside_0_to_100_is_422"),
        ("Sharing is answered as connected", "test_sharing_goes_to_connected_networks_only"),
        ("Null in a text that is optional is 400", "test_null_in_an_optional_string_is_400"),
        (
            "Start: watching until the remaining runtime is over",
            "test_start_sets_watching_until_the_remaining_runtime_is_over "
            "test_start_of_a_title_without_runtime_still_ends",
        ),
        (
            "Start deletes the saved position of the item",
            "test_start_deletes_the_saved_position_of_that_title_only",
        ),
        (
            "Pause from 1 to below 80 saves the position and ends watching; a stop does the same",
            "test_pause_and_early_stop_save_the_position_and_clear_watching",
        ),
        ("Watching outlives a pause by option", "test_pause_may_leave_watching_by_option"),
        ("Pause from 80 and below 1, stop below 1: 422, nothing changes", "test_what_is_refused_changes_nothing"),
        (
            "Stop from 80: a play of this minute; position and watching gone",
            "test_stop_from_80_on_is_a_play_of_this_minute",
        ),
        (
            "The item just scrobbled is 409 until its time is over",
            "test_the_title_just_scrobbled_is_409_until_its_time_is_over test_409_is_about_the_last_scrobble_only",
        ),
    ),
    *rules(
        "9",
        TABLE,
        ("The whole table of calls", "test_every_call_does_what_the_table_says"),
        ("A start is taken at any progress, its id is 0", "test_a_start_is_taken_at_any_progress"),
        (
            "409 names the play's minute and the end of the refusal",
            "test_409_says_when_it_was_watched_and_until_when_it_is_refused",
        ),
        ("A stored stop is found by title and time", "test_a_stored_stop_is_found_in_the_history_of_its_title"),
    ),
    *rules(
        "9",
        PAYLOADS,
        (
            "Answers as recorded: 201 of start, pause and scrobble, 409; a scrobble's id is the play's",
            "test_scrobbles_and_check_ins_have_the_recorded_shapes",
        ),
    ),
    *rules(
        "9",
        HISTORY,
        ("A scrobble takes its item off the watchlist", "test_scrobbles_and_matured_checkins_take_it_off_too"),
    ),
    *rules(
        "9",
        TRAKT_FAULTS,
        ("A write can be stored and answered with 504", "test_a_stored_504_leaves_exactly_one_play"),
    ),
)

CHECK_INS = (
    *rules(
        "10",
        SCROBBLING,
        (
            "The same item forms; 404 for an unknown one",
            "test_an_unknown_title_is_404 test_a_body_that_names_nothing_is_400",
        ),
        (
            "`watched_at` is now and the runtime; message and venues are taken; the play has the answered id",
            "test_a_checkin_becomes_a_play_when_its_runtime_is_over",
        ),
        ("Sharing is answered as connected", "test_sharing_goes_to_connected_networks_only"),
        (
            "It matures by the clock alone, whoever looks and however late",
            "test_a_checkin_matures_however_late_somebody_looks test_checkins_of_others_mature_too",
        ),
        ("A second one is 409 with the end of the first", "test_a_second_checkin_is_409_with_the_end_of_the_first"),
        (
            "Deleting is always 204 and drops the pending play",
            "test_deleting_a_checkin_drops_its_play_and_is_always_204",
        ),
        ("Watching shows the action checkin", "test_a_stop_of_another_title_leaves_the_checkin_alone"),
    ),
    *rules(
        "10",
        PAYLOADS,
        (
            "201 and 409 as recorded and as the contract has them",
            "test_scrobbles_and_check_ins_have_the_recorded_shapes test_the_refusal_of_a_check_in_is_the_contracts",
        ),
    ),
)
