"""How Slack says that a workspace can no longer be used."""

REASONS = {
    "account_inactive": "the bot's account was switched off",
    "app_uninstalled": "the app was removed from the workspace",
    "enterprise_is_restricted": "the organisation keeps apps out",
    "invalid_auth": "Slack no longer knows the bot's token",
    "not_allowed_token_type": "the token is none of a bot",
    "not_authed": "Slack was given no token",
    "team_access_not_granted": "the organisation took the workspace from the app",
    "team_not_found": "the workspace is not there any more",
    "token_expired": "the bot's token has run out",
    "token_revoked": "the bot's token was revoked",
    "two_factor_setup_required": "the workspace asks the bot for a second factor",
}
"""The codes, each with what it means, for the log. What is said to people about it is in `outcomes`."""
