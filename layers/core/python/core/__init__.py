"""What functions share."""

import gc

# Importing makes many objects and no garbage: to look for some all the while was a tenth of a cold start.
gc.set_threshold(100_000)
