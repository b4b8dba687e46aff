"""Slack's numbers: what a message, a modal and their parts may hold.

Characters are counted after escaping, as Slack does it. Unless said otherwise the source is the Block Kit reference,
https://docs.slack.dev/reference/block-kit, and the reference of the method concerned.
"""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
"""The most blocks of a modal or an App Home."""

MESSAGE_SIZE = 12_000
"""Characters of a message's blocks, their JSON included.

Slack publishes no number. Others measured that `chat.postMessage` refuses somewhat more than 13,000 characters of text,
and that blocks count beyond their texts: 11,341 characters in rich text were too many (slackapi/bolt-js#2509, #2867).
Staying below 12,000 with everything counted is inside whatever it is that Slack counts.
"""

VIEW_BYTES = 240_000
"""Bytes of a view's blocks as JSON in ASCII; Slack takes 250 KB for the whole view."""

PIECE_SIZE = 4_000
"""Characters of one block of running text, its JSON included. Slack has no number: a third of a message, ours."""

TOP_TEXT_BYTES = 4_000
"""Bytes of the text beside the blocks: `chat.postMessage` recommends 4,000 characters, `chat.update` takes no more."""

HEADER = 150
CONTEXT_TEXT = 3_000
CONTEXT_ELEMENTS = 10
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
BUTTONS_IN_A_ROW = 5
"""Slack takes 25 in one block; more than five make a row that is hard to survey."""

MODAL_TITLE = 24
PLACEHOLDER = 150
OPTIONS = 100
OPTION_LABEL = 75
OPTION_VALUE = 150
ADDRESS = 3_000
"""The longest address of a link; the number is that of a button's, rich text has none of its own."""
