"""A small viewing diary on Trakt: people sign in, and look after what they watched, own, plan and love.

It stands for your own Django app: nothing in it knows Watchprint from inside, only the names that `watchprint` lists.
"""
