"""What everybody may see without signing in, and how it is chosen."""
