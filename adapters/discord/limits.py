"""Discord's numbers: what a message and its parts may hold.

Discord does not say whether it counts code points or UTF-16 units; here everything is counted in UTF-16 units, of
which a text never has fewer. Unless said otherwise the source is the reference of components,
https://docs.discord.com/developers/components/reference, and of messages,
https://docs.discord.com/developers/resources/message.
"""

COMPONENTS = 40
"""Components of a message with a layout, nested ones included."""

TEXT = 4_000
"""Characters of a message with a layout, all of its texts together; button labels are counted here, to be safe."""

CONTENT = 2_000
"""Characters of a message without a layout."""

BUTTONS_IN_A_ROW = 5
ROWS = 5
"""Rows of buttons under a message without a layout."""

BUTTON_LABEL = 80
CUSTOM_ID = 100
CUSTOM_ID_PREFIX = 10
"""What `adapters.discord.names` may add to a token; the two together are a `custom_id`."""

FILES = 10
"""Attachments of a message."""

HEADING = 250
"""The longest title set as a heading, in characters; longer ones are bold text, which can be parted. Ours."""

CONTINUED_TITLE = 100
"""Characters of a title that is repeated above the later parts of an answer. Ours."""

PIECE = 1_000
"""Characters of one piece of running text: what of a message may stay empty because the next piece is too long. Ours.
"""

CODE = 1_800
"""The longest text to copy that is shown; longer ones are attached, for nobody marks screens of text on a phone. Ours.
"""

PARTS = 20
"""Parts of an answer that people are to page through; what has more is attached as a file. Ours."""

ADDRESS = 500
"""The longest address that is made a link, in characters; longer ones are text, which can be parted. Ours."""

CHOICES = 25
"""Choices of an option, offered while someone is typing or listed in its definition; this one and those below are from
https://docs.discord.com/developers/interactions/application-commands."""

CHOICE = 100
"""Characters of a choice, both of what is shown and of what is sent."""

DESCRIPTION = 100
"""Characters of the description of a command or an option."""
