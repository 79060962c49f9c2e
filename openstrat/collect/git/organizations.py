"""Organizations from e-mail addresses: the registrable domain, unknown for free mail and hidden addresses."""

from __future__ import annotations

FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com icloud.com "
    "me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at web.de t-online.de mail.ru yandex.ru yandex.com ya.ru bk.ru inbox.ru list.ru "
    "rambler.ru qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com aliyun.com hey.com fastmail.com fastmail.fm "
    "protonmail.com protonmail.ch proton.me pm.me tutanota.com tuta.io posteo.de posteo.net mailbox.org riseup.net zoho.com free.fr "
    "orange.fr wanadoo.fr laposte.net naver.com hanmail.net daum.net libero.it comcast.net verizon.net att.net sbcglobal.net cox.net "
    "users.noreply.github.com noreply.github.com github.com users.noreply.gitlab.com localhost localhost.localdomain example.com "
    "example.org users.sourceforge.net".split()
)
"""Domains that anybody can use: they say nothing about an employer."""
SECOND_LEVEL = frozenset("ac co com edu gov mil net ne nom or org gob gouv go".split())
"""Labels under which a country registers names: with a two-letter country they are no organization of their own."""


def registrable_domain(host: str) -> str:
    """Return the part of a host name that somebody registered: `eng.example.co.uk` becomes `example.co.uk`."""
    labels = host.lower().strip(".").split(".")
    n = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-n:])


def organization(address: str) -> str:
    """Return the organization that an address names, or an empty string for free mail, hidden or malformed addresses."""
    _, at, host = address.lower().rpartition("@")
    domain = registrable_domain(host)
    if not at or "." not in domain or host in FREE_MAIL or domain in FREE_MAIL or domain.endswith((".local", ".localdomain", ".lan")):
        return ""
    return domain
