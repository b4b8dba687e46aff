"""The data that ships with the bot: the topics and the starter archive."""
