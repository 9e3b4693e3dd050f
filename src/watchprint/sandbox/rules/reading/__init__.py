"""What the tables add up to: watched titles, statistics, progress, calendars. Nothing here changes a table."""
