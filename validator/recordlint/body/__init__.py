"""What a body may hold, and what is wrong with one, in words."""
