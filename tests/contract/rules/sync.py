"""Which test shows which rule of `/sync` (trakt-api.md 11)."""

from __future__ import annotations

from tests.contract.rules.rule import (
    ACTIVITIES,
    COLLECTION,
    DEMO,
    HISTORY,
    LIMITS,
    MARKS,
    PROGRESS,
    RATINGS,
    SCROBBLING,
    WATCHED,
    rules,
)

LAST_ACTIVITIES = rules(
    "11.1",
    ACTIVITIES,
    (
        "Every field is there and never null; at first it is the account's creation; no show has watched_at",
        "test_everything_is_there_and_old_at_first",
    ),
    ("Additions and removals move a field", "test_an_act_moves_its_fields test_deleting_a_saved_position"),
    ("`all` is the newest", "test_an_act_moves_its_fields"),
)

PLAYBACK = (
    *rules(
        "11.2",
        SCROBBLING,
        (
            "Newest first, by type, paged when asked; filtered by paused_at",
            "test_playback_is_newest_first_and_filtered_by_paused_at",
        ),
        ("Kept for six months", "test_a_saved_position_is_kept_for_six_months"),
        ("Deleting is 204, and 404 for an unknown id", "test_a_saved_position_can_be_deleted_once"),
        ("One an item: a new pause replaces it", "test_a_new_pause_replaces_the_saved_position"),
        (
            "A start and a scrobble remove it",
            "test_start_deletes_the_saved_position_of_that_title_only test_stop_from_80_on_is_a_play_of_this_minute",
        ),
    ),
    *rules(
        "11.2",
        DEMO,
        ("Rows of films and of episodes", "test_positions_lists_and_watched_titles_have_rows_of_each_type"),
    ),
)

LIBRARY = (
    *rules(
        "11.3",
        COLLECTION,
        ("Rows carry their type; films, episodes, shows and all mixed", "test_the_readings_agree"),
        ("The compact maps agree with the rows", "test_the_readings_agree"),
        (
            "Metadata and availability only when asked for; a copy without words has null",
            "test_metadata_only_when_asked_for test_unknown_words_are_dropped_and_strictly_refused",
        ),
        ("`collected_at` may be the release", "test_released_is_the_release_date"),
        ("Seconds are kept", "test_seconds_are_kept_here"),
        ("Sending again updates, or counts as existing", "test_added_updated_existing"),
        ("A show or season stands for its aired episodes", "test_shows_and_seasons_stand_for_their_aired_episodes"),
        ("Removing answers what was deleted and not found", "test_removing"),
        ("Paged", "test_collections_are_paged_and_unknown_types_404"),
    ),
    *rules("11.3", LIMITS, ("420 on the limit", "test_one_too_many_fails_whole")),
    *rules(
        "11.3", "contract/rules/test_words.py", ("Every word of a copy is kept", "test_every_word_of_a_copy_is_kept")
    ),
)

WATCHED_TITLES = rules(
    "11.4",
    WATCHED,
    ("Every play counts", "test_rows_count_every_play"),
    ("By default full facts, no images, no seasons", "test_full_facts_without_images_and_seasons"),
    (
        "`progress` brings seasons and a minimal show; both together full facts",
        "test_progress_brings_seasons_and_a_minimal_show",
    ),
    ("Specials are missing unless asked for", "test_progress_brings_seasons_and_a_minimal_show test_the_compact_maps"),
    ("Pages of 100, at most 250, with progress 100", "test_limits"),
    ("`min` is a map of all rows, with season numbers when asked", "test_the_compact_maps"),
    ("A map is paged when asked and empty past the end", "test_maps_page_when_asked_and_are_empty_past_the_end"),
    ("`last_updated_at` does not move on removal", "test_last_updated_at_does_not_move_on_removal"),
    ("The most recently watched first", "test_most_recently_watched_first"),
)

PLAYS = (
    *rules(
        "11.5",
        HISTORY,
        ("By type and title; shows and seasons answer episodes", "test_history_by_type_and_title"),
        ("Newest first, those without a date last", "test_newest_first_and_undated_last"),
        (
            "`start_at` and `end_at` bound it, as date or instant",
            "test_every_window_is_a_filter_and_its_pages_are_a_partition "
            "test_dates_bound_the_history_too_and_garbage_is_400",
        ),
        (
            "A title without plays is empty, an unknown one 404",
            "test_history_by_type_and_title test_an_unknown_title_or_type_is_404",
        ),
        ("A row may have lost its title", "test_a_play_of_a_title_that_is_gone_is_a_row_with_null"),
        ("Minimal objects have no facts, full ones have", "test_history_forms"),
        (
            "`watched_at`: an instant, now, released, unknown (1970), a number as now, the future",
            "test_when_a_play_was "
            "test_released_of_an_episode_is_its_airing_plus_runtime_and_of_an_undated_film_unknown",
        ),
        ("A number is refused when strict", "test_strict_takes_only_full_utc_times"),
        (
            "201 with added, not_found and zeros in updated",
            "test_when_a_play_was test_unknown_titles_are_echoed_unchanged_and_the_answer_is_201",
        ),
        ("No play is a duplicate", "test_adding_never_looks_for_duplicates"),
        ("What was watched leaves the watchlist", "test_what_was_watched_leaves_the_watchlist"),
        (
            "Removing an item removes all its plays, an id one play; counts are plays",
            "test_removing_a_title_removes_all_its_plays test_removing_by_play_id",
        ),
    ),
)

POINTS = rules(
    "11.6",
    RATINGS,
    ("By type and points", "test_by_type_and_points"),
    ("All rows unless paged", "test_all_rows_unless_paged"),
    ("Rows of four types; a season says what has aired", "test_every_type_is_rated_itself"),
    ("A whole number from 1 to 10, else nothing is written", "test_a_rating_is_a_whole_number_from_1_to_10"),
    ("Rating again overwrites", "test_rating_again_overwrites"),
    ("What is not found is echoed with its rating", "test_every_type_is_rated_itself"),
    ("Removing", "test_removing"),
)

MARKED = (
    *rules(
        "11.7",
        MARKS,
        ("Rows of four types with rank, id, time and note", "test_the_watchlist_holds_four_types"),
        ("By type, singular and comma lists too, sorted by the path", "test_types_of_the_path test_sorts"),
        ("`hide` and filters", "test_hide test_filters"),
        (
            "Adding answers added, existing, not found and the list",
            "test_the_watchlist_holds_four_types test_the_same_title_twice_in_a_request_is_added_once",
        ),
        ("Notes are for VIP and at most 500 characters", "test_notes_when_adding test_notes_of_one_item"),
        ("Removing closes the ranks", "test_removal_closes_the_ranks"),
        ("Reordering puts the named first and skips unknown ids", "test_reorder_puts_the_named_first"),
        ("The list's own description and sort; its slug is null", "test_list_metadata_and_its_sort"),
    ),
    *rules("11.7", LIMITS, ("420 on the limit and on that of notes", "test_one_too_many_fails_whole test_notes")),
    *rules(
        "11.7",
        HISTORY,
        (
            "A film or episode leaves when watched; an episode takes its show and season along",
            "test_what_was_watched_leaves_the_watchlist test_scrobbles_and_matured_checkins_take_it_off_too",
        ),
    ),
    *rules(
        "11.8",
        MARKS,
        ("Only films and shows, whole", "test_favorites_hold_movies_and_shows_whole"),
        ("Notes for everyone, at most 500 characters", "test_notes_when_adding"),
        (
            "The same reordering, removing and metadata",
            "test_reorder_puts_the_named_first test_removal_closes_the_ranks test_list_metadata_and_its_sort",
        ),
    ),
    *rules("11.8", LIMITS, ("420 on the limit", "test_one_too_many_fails_whole")),
    *rules("11.8", HISTORY, ("What was watched stays", "test_favorites_and_lists_keep_what_was_watched")),
)

FEEDS = rules(
    "11.9",
    PROGRESS,
    ("Sorted, filtered, paged; next and last episode; statistics when asked", "test_feeds"),
    ("Only what is watched again", "test_a_reset_begins_anew_and_keeps_the_plays"),
    ("Intents: begun, to start, completed, all", "test_feeds test_shows_to_start_come_from_the_watchlist"),
    ("Specials when asked for", "test_the_special_season_counts_in_feeds_when_asked_for"),
    ("Dropped and hidden shows are left out", "test_dropped_and_hidden_shows_leave_the_feeds_but_not_the_history"),
)

SYNC = (*LAST_ACTIVITIES, *PLAYBACK, *LIBRARY, *WATCHED_TITLES, *PLAYS, *POINTS, *MARKED, *FEEDS)
