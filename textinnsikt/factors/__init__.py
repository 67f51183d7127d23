"""Under bygging."""
