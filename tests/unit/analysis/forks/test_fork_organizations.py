"""Organizations behind addresses: employers by one name, domains that hardly anybody shares left out."""

from __future__ import annotations

from commit_logs import Commit, log_of

from openstrat.analysis.forks.organizations import with_organizations
from openstrat.collect.git.people import unite


def organizations(*addresses: str) -> set[str]:
    """Return the organizations of a history with one commit by each address."""
    log = log_of([Commit(f"Person Number{number} <{address}>", f"2024-01-{number + 1:02}") for number, address in enumerate(addresses)])
    return set(with_organizations(log).addresses["organization"]) - {""}


def test_two_domains_of_one_employer_have_one_name() -> None:
    assert organizations("u@redis.com", "v@redislabs.com") == {"redis"}


def test_a_domain_counts_once_three_authors_share_it() -> None:
    assert organizations("u@acme.io", "v@acme.io") == set()
    assert organizations("u@acme.io", "v@acme.io", "w@acme.io") == {"acme.io"}


def test_a_domain_that_is_open_to_all_names_nobody_however_many_use_it() -> None:
    assert organizations("u@disroot.org", "v@disroot.org", "w@disroot.org") == set()


def test_authors_of_a_fork_and_its_upstream_count_together() -> None:
    upstream = log_of([Commit("Ana Alm <u@acme.io>", "2024-01-01"), Commit("Bo Berg <v@acme.io>", "2024-01-02")])
    upstream, fork = unite([upstream, log_of([Commit("Cy Cole <w@acme.io>", "2024-01-03")], "acme/fork")])
    assert set(with_organizations(upstream).addresses["organization"]) == {""}
    assert set(with_organizations(upstream, [fork]).addresses["organization"]) == {"acme.io"}


def test_a_community_is_no_employer_and_counts_only_when_authors_share_its_domain() -> None:
    assert organizations("u@debian.org", "v@debian.org") == set()
    assert organizations("u@debian.org", "v@debian.org", "w@debian.org") == {"debian"}
