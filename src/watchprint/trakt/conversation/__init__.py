"""What is said to Trakt and in what order: the conversation, its verdicts, and what is asked to get and renew tokens.

Pure: it says what to do, and the runners do it.
"""
