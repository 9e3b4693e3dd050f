"""Shows: how far one is in them, what is left, when one stops, how soon one watches."""
