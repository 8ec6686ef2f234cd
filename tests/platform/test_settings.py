"""Settings are read once; a wrong one is refused naming the variable, the value and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from raccordo.mail_settings import server_of
from raccordo.settings import HTMX_INTEGRITY, HTMX_URL, Mode, SettingError, read_settings


def test_without_any_variable_nothing_is_a_demonstration() -> None:
    settings = read_settings({})
    assert (settings.mode, settings.demo) == (Mode.PRODUCTION, False)
    assert (settings.htmx_url, settings.htmx_integrity) == (HTMX_URL, HTMX_INTEGRITY)


def test_the_database_is_one_file_in_the_data_folder() -> None:
    assert (
        read_settings({"RACCORDO_DATA": "/srv/raccordo"}).database
        == "sqlite:///srv/raccordo/raccordo.sqlite3"
    )


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("RACCORDO_MODE", "Demo", "use demo or production"),
        ("RACCORDO_MODE", "", "use demo or production"),
        ("RACCORDO_DATABASE_URL", "postgress://user@host/name", "postgres://user@host/name"),
        ("RACCORDO_DATABASE_URL", "raccordo.sqlite3", "sqlite:///file"),
        ("RACCORDO_HTMX_URL", "http://elsewhere/htmx.js", "leave it empty"),
        ("RACCORDO_HTMX_URL", "/no/such/file.js", "leave it empty"),
    ],
)
def test_a_wrong_value_is_refused_with_its_remedy(variable: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingError, match=variable) as refusal:
        read_settings({variable: value})
    assert remedy in str(refusal.value)


def test_a_password_in_a_wrong_address_is_not_repeated() -> None:
    with pytest.raises(SettingError) as refusal:
        read_settings({"RACCORDO_DATABASE_URL": "postgress://user:segreto@host/name"})
    assert "segreto" not in str(refusal.value)


def test_a_local_copy_of_htmx_is_served_by_the_site_itself(tmp_path: Path) -> None:
    copy = tmp_path / "htmx.min.js"
    copy.write_text("//")
    settings = read_settings({"RACCORDO_HTMX_URL": str(copy)})
    assert (settings.htmx_url, settings.htmx_file) == ("/static/htmx.js", copy)


MAIL = {
    "RACCORDO_SMTP_URL": "smtp://user:p%40ss@mail.example.it:587",
    "RACCORDO_MAIL_FROM": "Raccordo <raccordo@example.it>",
    "RACCORDO_ADDRESS": "https://raccordo.example.it/",
}


def test_mail_has_a_server_a_sender_and_an_address() -> None:
    settings = read_settings(MAIL)
    assert settings.address == "https://raccordo.example.it"
    server = server_of(settings.smtp_url)
    assert (server.host, server.port, server.user, server.password) == (
        "mail.example.it",
        587,
        "user",
        "p@ss",
    )


@pytest.mark.parametrize(
    ("url", "must"),
    [
        ("smtp://u:p@mail.example.it", True),
        ("smtp://mail.example.it", False),
        ("smtp://u:p@127.0.0.1:25", False),
    ],
)
def test_a_password_never_travels_in_the_open(url: str, *, must: bool) -> None:
    assert server_of(url).must_encrypt is must


def test_without_a_mail_server_nothing_else_is_needed() -> None:
    assert read_settings({}).smtp_url == ""


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("RACCORDO_SMTP_URL", "mail.example.it", "smtps://user:password@host"),
        ("RACCORDO_SMTP_URL", "http://mail.example.it", "smtps://user:password@host"),
        ("RACCORDO_SMTP_URL", "smtp://host:port", "smtps://user:password@host"),
        ("RACCORDO_MAIL_FROM", "", "mail needs all three"),
        ("RACCORDO_MAIL_FROM", "Raccordo", "Raccordo <raccordo@example.it>"),
        ("RACCORDO_MAIL_FROM", "a@example.it, b@example.it", "one mail address"),
        ("RACCORDO_MAIL_FROM", "a@example.it\nBcc: b@example.it", "one mail address"),
        ("RACCORDO_ADDRESS", "", "mail needs all three"),
        ("RACCORDO_ADDRESS", "raccordo.example.it", "use https://raccordo.example.it"),
        ("RACCORDO_ADDRESS", "https://raccordo.example.it/app", "use https://raccordo.example.it"),
    ],
)
def test_a_wrong_setting_of_mail_is_refused(variable: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingError, match=variable) as refusal:
        read_settings(MAIL | {variable: value})
    assert remedy in str(refusal.value)


def test_the_password_of_the_mail_server_is_not_repeated() -> None:
    with pytest.raises(SettingError) as refusal:
        read_settings(MAIL | {"RACCORDO_SMTP_URL": "ftp://user:segreto@host"})
    assert "segreto" not in str(refusal.value)
