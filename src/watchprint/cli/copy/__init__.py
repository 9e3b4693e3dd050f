"""Commands about what is kept here: accounts, their copies of Trakt, back-ups. Each asks `watchprint.app`."""
