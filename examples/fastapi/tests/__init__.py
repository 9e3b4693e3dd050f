"""The example's tests: the app on a real port, a browser that signs in, and a Trakt of its own for each test."""
