"""When it was watched: the calendar, the punch card, streaks and gaps."""
