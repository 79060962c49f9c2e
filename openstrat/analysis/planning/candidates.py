"""License families to choose from, layer by layer: what suits the layer, and what a change of license in force would set off."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.analysis.strategy.ranks import RelicenseDirection, relicense_direction
from openstrat.cases.schema import CLOSED, Case
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import LAYER_ASSET, AssetType, Layer, LicenseFamily, values

MOST_COMBINATIONS = 2_000_000
"""More combinations than this are refused: so many take a few seconds and some 50 megabytes."""
USUAL: dict[AssetType, tuple[str, ...]] = {
    AssetType.CODE: ("permissive", "network_copyleft", "source_available"),
    AssetType.WEIGHTS: ("permissive", "custom_ai", "non_commercial"),
    AssetType.DATA: ("permissive", "non_commercial"),
    AssetType.DOCS: ("permissive",),
}
"""Families that are tried beside closed when the asker names none: the families of rules LF1 to LF4, one of each kind (assumption)."""
PERMISSIVE = LicenseFamily.PERMISSIVE.value

Families = Mapping[Layer, str]
"""The family of each layer, 'closed' where it is held."""


@dataclass(frozen=True)
class Choices:
    """Families to choose from for each layer; `change` is the option whose stated change of license all combinations here make."""

    families: Mapping[Layer, tuple[str, ...]]
    change: str | None = None

    @property
    def n(self) -> int:
        """Number of combinations."""
        return math.prod(len(choice) for choice in self.families.values())


@dataclass(frozen=True)
class Candidates:
    """What is searched: one or more sets of choices, layers that stay as they are, and what was left out, a sentence each."""

    choices: tuple[Choices, ...]
    fixed: tuple[Layer, ...]
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of combinations."""
        return sum(item.n for item in self.choices)


def candidates_of(
    case: Case,
    now: Families,
    options: Mapping[str, Families],
    suits: Mapping[AssetType, Sequence[str]],
    *,
    wanted: Sequence[str] = (),
    most: int = MOST_COMBINATIONS,
) -> Candidates:
    """Return the license families that are searched for each layer of a case.

    Every layer may be closed, take the usual families of its kind (or the wanted ones that suit it), keep today's, and take those that
    an option of the case gives it. A layer with neither adoption weight nor revenue nor moat stays as it is, unless buyers audit it. A
    layer that is open today is tightened only as an option with a `relicense` block tightens it: what other changes would set off, the
    case does not say. When that is more than `most` combinations, layers that nobody pays for are narrowed to held or permissive.

    Parameters
    ----------
    case
        The checked case.
    now, options
        Family of each layer today, and under each option.
    suits
        Families that there are licenses of, by kind of asset.
    wanted
        Families to try instead of the usual ones.
    most
        Most combinations.

    Raises
    ------
    UnknownNameError
        If a wanted family is none.
    InputError
        If there are more than `most` combinations even so.
    """
    _check_wanted(wanted)
    layers = [layer for layer in Layer if layer in case.layers]
    fixed = tuple(layer for layer in layers if _has_no_effect(case, layer))
    families = {layer: _families(layer, now, options, suits, wanted) if layer not in fixed else (now[layer],) for layer in layers}
    found = _with_changes(case, families, now, options, fixed)
    if found.n > most:
        free = [layer for layer in layers if not case.layers[layer].revenue_share and not case.layers[layer].moat_share]
        narrow = {layer: _narrowed(families[layer], now[layer]) if layer in free else families[layer] for layer in layers}
        note = f"More than {most:,} combinations: layers that nobody pays for are tried held and permissive only."
        found = _with_changes(case, narrow, now, options, fixed, note)
    if found.n > most:
        raise _too_many(case, found, most)
    return found


def _check_wanted(wanted: Sequence[str]) -> None:
    for family in wanted:
        if family not in values(LicenseFamily):
            raise UnknownNameError("license family", family, values(LicenseFamily))


def _too_many(case: Case, found: Candidates, most: int) -> InputError:
    counts = ", ".join(f"{layer.value} {len(choice)}" for layer, choice in found.choices[0].families.items())
    return InputError(
        f"{case.id}: {found.n:,} combinations of licenses are more than {most:,}. Families a layer: {counts}. "
        "Name fewer families, for example permissive alone, or leave layers out of the case that do not matter to it."
    )


def _has_no_effect(case: Case, layer: Layer) -> bool:
    """A layer that neither the axes nor the trust of buyers can tell open from closed."""
    facts = case.layers[layer]
    return not (facts.adoption_weight or facts.revenue_share or facts.moat_share or case.facts.trust_scale)


def _families(
    layer: Layer, now: Families, options: Mapping[str, Families], suits: Mapping[AssetType, Sequence[str]], wanted: Sequence[str]
) -> tuple[str, ...]:
    asset = LAYER_ASSET[layer]
    tried = [family for family in wanted if family in suits[asset]] if wanted else USUAL[asset]
    used = [families[layer] for families in options.values() if layer in families]
    every = dict.fromkeys([CLOSED, *tried, now[layer], *used])
    return tuple(family for family in every if not _tightens(now[layer], family))


def _tightens(now: str, family: str) -> bool:
    """Whether a family would, or might, take something back that is open today."""
    if now in (CLOSED, family):
        return False
    return family == CLOSED or relicense_direction(now, family) in (RelicenseDirection.TIGHTER, RelicenseDirection.UNCERTAIN)


def _narrowed(families: tuple[str, ...], now: str) -> tuple[str, ...]:
    return tuple(family for family in families if family in (CLOSED, PERMISSIVE, now)) or families


def _with_changes(
    case: Case,
    families: Mapping[Layer, tuple[str, ...]],
    now: Families,
    options: Mapping[str, Families],
    fixed: tuple[Layer, ...],
    *notes: str,
) -> Candidates:
    """Add one set of choices for every change of license whose price an option states."""
    choices = [Choices(families)]
    for name, option in case.options.items():
        changed = {layer: (family,) for layer, family in options[name].items() if now[layer] not in (CLOSED, family)}
        if option.relicense and changed:
            choices.append(Choices({**families, **changed}, change=name))
    stuck = [layer for layer in families if now[layer] != CLOSED]
    said = list(notes)
    if stuck:
        said.append(f"Open today, so tightened only where an option says what that would set off: {_named(stuck)}.")
    if fixed:
        said.append(f"Stays as it is, for want of adoption, revenue and moat in the case: {_named(fixed)}.")
    return Candidates(tuple(choices), fixed, tuple(said))


def _named(layers: Sequence[Layer]) -> str:
    return ", ".join(layer_name(layer) for layer in layers)
