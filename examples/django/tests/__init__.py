"""The example's tests: the app in processes of its own on a real database, browsers, and a Trakt for each test."""
