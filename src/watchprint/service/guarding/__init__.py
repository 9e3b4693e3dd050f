"""The guard of the history: no play that is there at that minute is sent again."""
