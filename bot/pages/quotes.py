"""Answers in quotes, above the list of a search."""

from typing import TYPE_CHECKING

from bot.views import Block, Context, Heading, Paragraph, Quote, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.meaning.quoting import Quotation

NOTHING_CLOSE = "No sentence of these summaries comes close to an answer."
"""What is said where there is nothing to quote."""


def quotes(found: "Sequence[Quotation]") -> tuple[Block, ...]:
    """Return quoted sentences, each with where it stands, or that none comes close."""
    if not found:
        return (Paragraph((Text(NOTHING_CLOSE),)),)
    said = (block for one in found for block in (Quote(one.sentence), _source(one)))
    return (Heading("In the summaries' own words"), *said, Heading("Summaries"))


def _source(one: "Quotation") -> Context:
    return Context((Text(f"{one.post.title}, {one.post.month.label}"),))
