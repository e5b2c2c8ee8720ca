"""For every function that is deployed an event that it answers as it mostly does: a table for each context.

Who is erased has left before, and nothing of them is left: then each eraser looks for it all the same. What
stands in the fake AWS stays as it is, so a function that goes on until a list is empty is given an empty one.
"""
