"""Paper, out and back.

Knows cards; knows nothing of Flask or the database. Import from it with `from print.x import y`
only: `import print` would take the place of Python's own `print()`.
"""
