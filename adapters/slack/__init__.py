"""The bot in a Slack workspace."""
