"""Titles: which rows name the same one, what is known of them and from whom."""
