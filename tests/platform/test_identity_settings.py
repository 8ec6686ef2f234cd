"""The file of identity providers: read once; a wrong line names the variable, the place and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from raccordo.identity_settings import Provider, is_safe
from raccordo.openid.conversation import FISCAL_NUMBER
from raccordo.settings import SettingError, read_settings

RIGHT = """
[polimi]
issuer = "https://idp.polimi.example"
client_id = "raccordo"
client_secret = "segreto"
label_it = "il Politecnico"
label_en = "the Politecnico"
"""
STRONG = 'trust_email = true\nscopes = "openid email"\nacr = ["https://www.spid.gov.it/SpidL2"]\nstrong = ["https://www.spid.gov.it/SpidL2"]\n'


def read(folder: Path, text: str, address: str = "https://raccordo.example.it") -> tuple[Provider, ...]:
    file = folder / "providers.toml"
    file.write_text(text)
    values = {"RACCORDO_IDENTITY_PROVIDERS": str(file), "RACCORDO_ADDRESS": address}
    return read_settings(values).identity_providers


def test_without_the_setting_there_are_none() -> None:
    assert read_settings({}).identity_providers == ()


def test_a_provider_needs_five_lines(tmp_path: Path) -> None:
    [provider] = read(tmp_path, RIGHT)
    assert (provider.slug, provider.scopes, provider.trusts_email) == (
        "polimi",
        "openid profile email",
        False,
    )
    assert (provider.name.say("it"), provider.name.say("en")) == ("il Politecnico", "the Politecnico")


def test_what_is_trusted_is_written_down(tmp_path: Path) -> None:
    [provider] = read(tmp_path, RIGHT + STRONG)
    assert (provider.trusts_email, provider.strong) == (True, ("https://www.spid.gov.it/SpidL2",))


def test_several_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert [one.slug for one in read(tmp_path, RIGHT.replace("polimi", "spid") + RIGHT)] == ["spid", "polimi"]


@pytest.mark.parametrize(
    ("right", "wrong", "remedy"),
    [
        ("[polimi]", "[Polimi]", "write a table such as [polimi]"),
        ("[polimi]", "[codice]", "write a table such as [polimi]"),
        ("[polimi]", 'a = 1\n[polimi]', "write a table such as [polimi]"),
        ("https://idp.polimi.example", "http://idp.polimi.example", "use https://idp.example.it"),
        ("https://idp.polimi.example", "https://a@idp.polimi.example", "use https://idp.example.it"),
        ("https://idp.polimi.example", "https://idp.polimi.example?a=1", "use https://idp.example.it"),
        ('"raccordo"', '""', 'use client_id = "…"'),
        ('"raccordo"', "7", 'use client_id = "…"'),
        ('"the Politecnico"', f'"{"a" * 201}"', 'use label_en = "…"'),
        ("client_id", "client", "client is no known key"),
        ("[polimi]", '[polimi]\nscopes = "email"', 'use "openid profile email"'),
        ("[polimi]", '[polimi]\ntrust_email = "yes"', "use trust_email = true"),
        ("[polimi]", '[polimi]\nstrong = "mfa"', 'use strong = ["…"]'),
        ("[polimi]", '[polimi]\nacr = [["mfa"]]', 'use acr = ["…"]'),
        ("[polimi]", "[polimi", "see docs/identity-providers.md"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_with_its_remedy(tmp_path: Path, right: str, wrong: str, remedy: str) -> None:
    with pytest.raises(SettingError, match="RACCORDO_IDENTITY_PROVIDERS") as refusal:
        read(tmp_path, RIGHT.replace(right, wrong))
    assert remedy in str(refusal.value)
    assert "segreto" not in str(refusal.value)


def test_a_broken_line_with_the_secret_does_not_repeat_it(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refusal:
        read(tmp_path, RIGHT.replace('"segreto"', "segreto"))
    assert "segreto" not in str(refusal.value)


def test_a_file_that_is_not_there_is_named() -> None:
    values = {"RACCORDO_IDENTITY_PROVIDERS": "no.toml", "RACCORDO_ADDRESS": "https://raccordo.example.it"}
    with pytest.raises(SettingError, match=r"'no\.toml' cannot be read"):
        read_settings(values)


@pytest.mark.parametrize("address", ["", "http://raccordo.example.it"])
def test_providers_need_an_address_to_send_people_back_to(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingError, match="RACCORDO_ADDRESS"):
        read(tmp_path, RIGHT, address)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://idp.example.it/a?b=c", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost.evil.example", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://a:b", False),
        ("https://a.example/\r\nX: y", False),
        ("https://a.example/ b", False),
    ],
)
def test_secrets_travel_encrypted_or_not_at_all(address: str, *, safe: bool) -> None:
    assert is_safe(address) is safe


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("TINIT-RSSMRA80A01F205X", True),
        ("rssmra80a01f205x", True),
        ("sub:RSSMRA80A01F205X@spid", True),
        ("7d1f0a9e-4a5b-4a7f-9a54-8a2c2f0a1b2c", False),
        ("AAAAAAAAAAAAAAAAAAAAAMLkPvJ0Z4xYw1", False),
    ],
)
def test_a_fiscal_number_is_recognised_by_its_shape(subject: str, *, found: bool) -> None:
    assert bool(FISCAL_NUMBER.search(subject)) is found
