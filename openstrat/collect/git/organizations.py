"""Organizations from e-mail addresses: the registrable domain, unknown for free mail, hidden and personal addresses."""

from __future__ import annotations

import hashlib
import re

_FREE_MAIL = """
gmail.com googlemail.com bluewin.ch codeberg.org disroot.org hotmail.de hotmail.fr java.net outlook.de weblate.org windowslive.com
aleeas.com duck.com hotmail.co.uk iki.fi linux.com simplelogin.com yahoo.com.br
outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com icloud.com me.com
mac.com aol.com gmx.de gmx.net gmx.com gmx.at web.de t-online.de mail.ru yandex.ru yandex.com ya.ru bk.ru inbox.ru list.ru rambler.ru
qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com aliyun.com hey.com fastmail.com fastmail.fm protonmail.com
protonmail.ch proton.me pm.me tutanota.com tuta.io posteo.de posteo.net mailbox.org riseup.net zoho.com free.fr orange.fr wanadoo.fr
laposte.net naver.com hanmail.net daum.net libero.it comcast.net verizon.net att.net sbcglobal.net cox.net users.noreply.github.com
noreply.github.com users.noreply.gitlab.com localhost localhost.localdomain example.com example.org users.sourceforge.net
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())
"""Domains that anybody can use: they say nothing about an employer."""
PRIVATE_ENDINGS = (".local", ".localdomain", ".lan", ".internal", ".home", ".invalid", ".test", ".example", ".arpa")
"""Endings that nobody registers: names of machines."""
MIN_WORD = 4
"""Letters of a name's word, or of a domain, that count as a likeness."""
FOUNDERS = {"139a398b280545bc": "nginx.com"}
"""Domain of the company that a founder's own domain stands for, as in the shipped tables; by digest, since such a domain is a name."""
_DOMAIN = re.compile(r"(?:[^\s.@]+\.)+(?!\d+$)[^\s.@]{2,}")
SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "mil", "ne", "net", "nom", "or", "org"))
"""Labels under which a country registers names: with a two-letter country they are no organization of their own."""


MIN_SHARED = 3
"""Addresses that make a domain look like an employer's even where it resembles somebody's name."""


def registrable_domain(host: str) -> str:
    """Return the part of a host name that somebody registered: `eng.example.co.uk` becomes `example.co.uk`."""
    labels = host.lower().strip(".").split(".")
    n = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-n:])


def organization(address: str) -> str:
    """Return the organization that an address names, or an empty string for free mail, hidden or malformed addresses."""
    mailbox, at, host = address.lower().rpartition("@")
    domain = registrable_domain(host)
    if not at or mailbox == "noreply" or not _DOMAIN.fullmatch(domain) or FREE_MAIL & {host, domain} or domain.endswith(PRIVATE_ENDINGS):
        return ""
    return FOUNDERS.get(hashlib.sha256(domain.encode()).hexdigest()[:16], domain)


def is_own_domain(name: str, address: str) -> bool:
    """Return whether an address's domain looks like the name or the mailbox of the person who uses it; all in lower case.

    Such a domain names a person, not an employer, and would give the person away.
    """
    label, mailbox = _letters(organization(address).partition(".")[0]), address.rpartition("@")[0]
    words = [word for word in re.findall(r"[a-z0-9]+", name) if len(word) >= MIN_WORD]
    is_in_name = len(label) >= MIN_WORD and label in _letters(name)
    return bool(label) and (any(word in label for word in words) or is_in_name or label == _letters(mailbox))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)
