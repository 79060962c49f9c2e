from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.collect.git.organizations import is_own_domain, organization, registrable_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("mail.eng.example.com", "example.com"),
        ("cs.example.ac.uk", "example.ac.uk"),
        ("example.co.jp", "example.co.jp"),
        ("co.uk", "co.uk"),
        ("Mail.Example.COM.", "example.com"),
        ("dept.example.de", "example.de"),
    ],
)
def test_the_registrable_domain_is_what_somebody_registered(host, domain):
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    "address",
    [
        "wanda@gmail.com",
        "7+wanda@users.noreply.github.com",
        "wanda@noreply.github.com",
        "noreply@github.com",
        "wanda@laptop",
        "wanda@laptop.local",
        "root@ip-10-0-0-1.us-west-2.compute.internal",
        "wanda@192.168.0.1",
        "no-at-sign.com",
        "wanda@",
        "wanda@two words.com",
        "",
    ],
)
def test_free_mail_hidden_and_broken_addresses_name_no_organization(address):
    assert organization(address) == ""


def test_an_employers_address_names_it():
    assert organization("wanda@eng.firma.co.uk") == "firma.co.uk"
    assert organization("wanda@github.com") == "github.com"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("wanda writer", "me@wandawriter.org"),
        ("wanda writer", "wanda@writer.org"),
        ("wanda writer", "git@writer-family.net"),
        ("w", "zapp@zapp.io"),
    ],
)
def test_a_domain_that_resembles_its_user_is_a_persons_own(name, address):
    assert is_own_domain(name, address)


@pytest.mark.parametrize(
    ("name", "address"), [("wanda writer", "wanda@firma.de"), ("", "@"), ("bob", "b@bobcat.de"), ("wibmer", "w@ibm.com")]
)
def test_other_domains_are_not(name, address):
    assert not is_own_domain(name, address)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_never_shows_a_mailbox(text):
    assert "@" not in organization(text)
