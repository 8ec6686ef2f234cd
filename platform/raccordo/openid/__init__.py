"""What is said between this site and an OpenID provider: no record, no right, no page."""
