"""Contacts as commits write them, `Name <address>`, and what the repository's .mailmap makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from openstrat.collect.git.command import Repository, run


class Numbers(dict[bytes, int]):
    """Numbers things by first appearance: a lookup of something new gives it the next number."""

    def __missing__(self, key: bytes) -> int:
        """Give the next number."""
        number = self[key] = len(self)
        return number


def split_contact(contact: bytes) -> tuple[str, str]:
    """Return name and address of `Name <address>`; broken bytes are kept as surrogates, so nothing is lost."""
    name, _, rest = contact.decode("utf-8", "surrogateescape").partition("<")
    return name.strip(), rest.partition(">")[0].strip()


def mailmapped(repository: Repository, head: str, contacts: Sequence[bytes]) -> list[bytes]:
    """Return each contact as the .mailmap in the tree of `head` has it; git itself reads the file and maps.

    A contact that git cannot read stays as it is; so do all of them without a .mailmap.
    """
    askable = [contact for contact in contacts if _is_askable(contact)]
    question = b"".join(contact + b"\n" for contact in askable)
    answer = run(repository, "-c", f"mailmap.blob={head}:.mailmap", "check-mailmap", "--stdin", stdin=question)
    new = dict(zip(askable, answer.split(b"\n")[:-1], strict=True))
    return [new.get(contact, contact) for contact in contacts]


def _is_askable(contact: bytes) -> bool:
    return contact.count(b"<") == 1 and contact.endswith(b">") and contact.count(b">") == 1 and not set(contact) & set(b"\n\r\0")
