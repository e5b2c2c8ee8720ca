"""What members have elsewhere, read the same whichever way it comes: text, dates, and rows of LinkedIn.

Imports get those in archives and sources by LinkedIn's API; here, so that a row by both is one highlight.
"""
