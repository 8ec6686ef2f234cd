"""Settings are read once; a wrong one is refused naming the variable, the value and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

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
