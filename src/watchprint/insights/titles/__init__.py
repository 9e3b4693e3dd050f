"""What was watched, and what it was worth: top titles, and ratings."""
