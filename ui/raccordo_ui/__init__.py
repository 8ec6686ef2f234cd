"""Everything a person touches: the pages and the command line. How to add a page: docs/pages.md."""
