from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.collect.git.command import open_repository
from openstrat.collect.git.identity import is_telling, login_of, mailbox_of, new_salt, normal_address, normal_name, salted
from openstrat.collect.git.log import read_log
from openstrat.collect.git.people import MERGE_RULE, identify, merge, unite
from openstrat.errors import InputError

SALT = b"salt of the tests"

NAMES = st.sampled_from(["Wanda Writer", "wanda  WRITER", "Otto Other", "otto", "Bo", "root", "Your Name", "", "build-bot", "12345+octo"])
ADDRESSES = st.sampled_from(
    [
        "wanda@example.com",
        "WANDA@example.com ",
        "o@firma.de",
        "otto@users.noreply.github.com",
        "77+otto@users.noreply.github.com",
        "77+bo@users.noreply.github.com",
        "root@localhost",
        "",
        "build-bot@firma.de",
    ]
)
PAIRS = st.lists(st.tuples(NAMES, ADDRESSES), max_size=12, unique=True)


def partition(pairs, links=()):
    """Return the sets of pairs that are one person."""
    person, _ = merge(identify(pairs, SALT, tuple(links)))
    return {frozenset(pair for pair, number in zip(pairs, person, strict=True) if number == wanted) for wanted in person.tolist()}


def n_people(*pairs, links=(), authors=None):
    return merge(identify(pairs, SALT, tuple(links), authors))[1].n_people


def test_the_same_address_is_one_person_whatever_its_letters():
    assert n_people(("Wanda", "w@example.com"), ("W. Writer", "W@Example.COM")) == 1


def test_the_same_full_name_is_one_person():
    assert n_people(("Wanda Writer", "w@example.com"), ("WANDA  writer", "w@firma.de")) == 1


def test_a_name_of_one_word_counts_from_five_letters_on():
    assert n_people(("wandaw", "w@example.com"), ("wandaw", "w@firma.de")) == 1
    assert n_people(("Otto", "o@example.com"), ("Otto", "o@firma.de")) == 2


@pytest.mark.parametrize("name", ["root", "admin", "unknown", "Your Name", "John Doe", "ubuntu", "", "a@b.example"])
def test_names_that_stand_for_nobody_never_merge(name):
    assert n_people((name, "one@example.com"), (name, "two@example.com")) == 2


def test_githubs_hidden_addresses_of_one_login_are_one_person():
    assert n_people(("W", "77+bo@users.noreply.github.com"), ("Wanda", "bo@users.noreply.github.com")) == 1


def test_the_login_in_a_hidden_address_counts_as_a_name():
    assert n_people(("Wanda Writer", "7+wandaw@users.noreply.github.com"), ("wandaw", "w@example.com")) == 1


def test_bots_and_people_never_merge():
    assert n_people(("Wanda Writer", "team@example.com"), ("release-bot", "team@example.com")) == 2


def test_missing_addresses_do_not_make_two_people_one():
    assert n_people(("Wanda Writer", ""), ("Otto Other", "")) == 2


def test_a_mailmap_joins_what_nothing_else_would():
    pairs = (("Wanda", "one@example.com"), ("Bo", "two@example.com"))
    assert (n_people(*pairs), n_people(*pairs, links=[(0, 1)])) == (2, 1)


def test_dots_and_commas_in_a_name_do_not_matter():
    assert n_people(("Wanda Writer", "one@example.com"), ("wanda.writer", "two@example.com"), ("Wanda, Writer", "w@example.com")) == 1


def test_who_only_committed_joins_an_author_but_does_not_make_two_authors_one():
    authors = [("Wanda Writer", "one@example.com"), ("Otto Other", "two@example.com")]
    bridge = ("Wanda Writer", "two@example.com")
    assert n_people(*authors, bridge, authors=[0, 1]) == 2
    assert n_people(*authors, bridge, authors=[0, 1, 2]) == 1


def test_who_only_committed_joins_the_person_a_mailmap_names():
    pairs = [("Wanda Writer", "one@example.com"), ("Bo", "two@example.com")]
    assert (n_people(*pairs, authors=[0]), n_people(*pairs, authors=[0], links=[(0, 1)])) == (2, 1)


def test_merges_are_counted_by_what_joined():
    pairs = [
        ("Wanda", "one@example.com"),
        ("Bo", "two@example.com"),
        ("Wanda Writer", "ONE@example.com"),
        ("Wanda Writer", "three@example.com"),
    ]
    _, report = merge(identify(pairs, SALT, ((0, 1),)))
    assert (report.n_identities, report.n_people) == (4, 1)
    assert (report.n_merged_by_mailmap, report.n_merged_by_address, report.n_merged_by_name) == (1, 1, 1)
    assert report.rule == MERGE_RULE


@given(PAIRS, st.data())
def test_merging_splits_all_pairs_into_people_whatever_the_order(pairs, data):
    found = partition(pairs)
    assert sum(map(len, found)) == len(pairs)
    assert found == partition(data.draw(st.permutations(pairs)))


@given(PAIRS)
def test_pairs_with_one_address_are_together_and_people_of_two_sets_share_neither_address_nor_full_name(pairs):
    for one, other in combinations(partition(pairs), 2):
        for (name, address), (other_name, other_address) in ((a, b) for a in one for b in other):
            is_bot_pair = "bot" in name + address or "bot" in other_name + other_address
            same = normal_address(address) and mailbox_of(normal_address(address)) == mailbox_of(normal_address(other_address))
            same_name = is_telling(normal_name(name)) and normal_name(name) == normal_name(other_name)
            assert is_bot_pair or not (same or same_name)


@given(PAIRS, PAIRS)
def test_more_identities_only_ever_join_people(pairs, more):
    smaller, larger = partition(pairs), partition(list(dict.fromkeys([*pairs, *more])))
    assert all(any(one <= other for other in larger) for one in smaller)


@given(PAIRS)
def test_counts_add_up(pairs):
    _, report = merge(identify(pairs, SALT))
    assert report.n_people == report.n_identities - report.n_merged_by_mailmap - report.n_merged_by_address - report.n_merged_by_name


@given(st.text(max_size=30))
def test_normal_forms_are_stable(text):
    assert normal_name(normal_name(text)) == normal_name(text)
    assert normal_address(normal_address(text)) == normal_address(text)


@given(st.text(min_size=1, max_size=30))
def test_hashes_are_positive_depend_on_the_kind_and_differ_by_salt(text):
    one = salted(SALT, b"name", text)
    assert 0 < one < 2**63
    assert one == salted(SALT, b"name", text)
    assert one != salted(SALT, b"address", text)
    assert one != salted(new_salt(), b"name", text)


@pytest.mark.parametrize("name_and_address", [("Wanda Writer", "me@wandawriter.org"), ("Wanda", "git@the-wanda.net")])
def test_a_persons_own_domain_is_no_organization(name_and_address):
    assert identify([name_and_address], SALT).frame["organization"].tolist() == [""]


def test_a_domain_that_three_addresses_share_is_an_employer_even_if_it_resembles_a_name():
    users = [("Wanda Writer", "wanda@writer.org"), ("Otto Other", "otto@writer.org"), ("Nina New", "nina@writer.org")]
    assert identify(users, SALT).frame["organization"].tolist() == ["writer.org"] * 3
    assert identify(users[:2], SALT).frame["organization"].tolist() == ["", "writer.org"]


def test_the_login_of_an_ordinary_address_is_empty():
    assert [login_of(text) for text in ("wanda@example.com", "bo@users.noreply.github.com", "")] == ["", "bo", ""]


@pytest.fixture
def family(new_workshop):
    """An upstream and a fork that share one person under two addresses, and have one of their own each."""
    upstream, fork = new_workshop("upstream"), new_workshop("fork")
    upstream.commit("One", author="Wanda Writer <wanda@firma.de>")
    upstream.commit("Two", author="Otto Other <otto@firma.de>")
    fork.commit("Three", author="Nina New <nina@other.org>")
    fork.commit("Four", author="Wanda Writer <wanda@other.org>")
    return [read_log(open_repository(workshop.folder), salt=SALT) for workshop in (upstream, fork)]


def test_united_logs_share_one_index_of_people_and_addresses(family):
    upstream, fork = unite(family)
    assert upstream.people is fork.people
    assert upstream.author[1] == fork.author[0]
    assert len({*upstream.author.tolist(), *fork.author.tolist()}) == 3
    assert len({*upstream.address.tolist(), *fork.address.tolist()}) == 4
    assert upstream.merges.n_merged_by_name == 1
    assert fork.addresses["organization"].iloc[fork.address].tolist() == ["other.org", "other.org"]
    assert fork.addresses["person"].iloc[fork.address].tolist() == fork.author.tolist()
    assert upstream.people.loc[upstream.author[1], ["n_names", "n_addresses"]].tolist() == [1, 2]


def test_uniting_does_not_depend_on_the_order_of_the_logs(family):
    keys = [{tuple(log.people["key"].iloc[log.author]) for log in unite(logs)} for logs in (family, family[::-1])]
    assert keys[0] == keys[1]


def test_uniting_again_changes_nothing(family):
    once = unite(family)
    twice = unite(once)
    assert [log.author.tolist() for log in once] == [log.author.tolist() for log in twice]
    assert once[0].people.equals(twice[0].people)


def test_logs_of_two_salts_cannot_be_united(family, new_workshop):
    other = new_workshop("third")
    other.commit()
    with pytest.raises(InputError, match="different salts"):
        unite([*family, read_log(open_repository(other.folder), salt=b"another salt.....")])


def test_no_logs_unite_to_none():
    assert unite([]) == []
