"""Payloads as a platform shows them, drawn as HTML: what is sent to a platform can be looked at without one."""
