"""How a store becomes one of this program: its revisions in order, one migration at a time.

A new revision is a module in `versions` (`down_revision` names the one before), with its SQL, and a line in
`revisions.REVISIONS`. SQL of a revision is frozen text: a later change of the tables cannot change it.
"""
