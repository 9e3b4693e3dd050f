"""The 27 methods as routes: one declaration each."""
