"""The links that add the bot."""

from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from adapters.discord.channels import Kind, lacking
from adapters.discord.invite import PERMISSIONS, personal_link, server_link


def test_a_servers_link_asks_for_the_least_permissions() -> None:
    asked = parse_qs(urlsplit(server_link(123)).query)

    assert asked["client_id"] == ["123"]
    assert asked["scope"] == ["bot applications.commands"]
    assert asked["integration_type"] == ["0"]
    granted = discord.Permissions(int(asked["permissions"][0]))
    assert granted == PERMISSIONS
    assert not granted.administrator
    assert not granted.manage_messages
    assert not granted.mention_everyone


def test_a_persons_link_asks_for_no_permission_and_adds_no_bot() -> None:
    asked = parse_qs(urlsplit(personal_link(123)).query)

    assert asked["scope"] == ["applications.commands"]
    assert asked["integration_type"] == ["1"]
    assert "permissions" not in asked


@pytest.mark.parametrize("kind", Kind)
def test_what_the_link_asks_for_is_enough_to_post_wherever_one_can(kind: Kind) -> None:
    assert lacking(kind, PERMISSIONS.value) == ()
