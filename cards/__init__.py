"""The deck: Markdown in, `Card` out.

Knows nothing of paper, web or database. Everything a card says lives in its Markdown file; this
package reads it, checks it, and hands over plain values.
"""
