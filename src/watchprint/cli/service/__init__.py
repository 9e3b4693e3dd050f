"""The 27 methods of TraktService as commands: `watchprint add-to-history movie:tmdb:949`."""
