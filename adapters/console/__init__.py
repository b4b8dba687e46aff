"""The terminal as a platform: views as text, styled or plain, and a prompt."""
