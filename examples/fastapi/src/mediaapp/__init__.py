"""A small media app on Trakt: people sign in, a player reports what they watch, and a profile shows it.

It stands for your own app: nothing in it knows Watchprint from inside, only the names that `watchprint` lists.
"""
