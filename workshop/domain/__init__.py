"""What people do, as plain functions per noun. No web, no HTML, no PDF.

Every function takes a transaction first: run it with `store.read(…)` or `store.write(…)`. Functions
that load something for somebody are the permission check: what you may not know is `None`.
"""
