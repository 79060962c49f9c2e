"""Names of layers in sentences."""

from __future__ import annotations

from openstrat.terms import Layer, read_term


def layer_name(layer: object, *, starts: bool = False) -> str:
    """Return a layer in words, `SDK` in capitals; with a capital where it starts a sentence.

    Raises
    ------
    UnknownNameError
        If there is no such layer.
    """
    known = read_term(Layer, layer)
    if known is Layer.SDK:
        return "SDK"
    return known.label.capitalize() if starts else known.label
