"""What the cells of the release tables can say beside the words of the field: claims, index grades, who made the run code."""

from __future__ import annotations

from openstrat.terms import Term


class Provider(Term):
    """Who made an implementation that runs a release."""

    PUBLISHER = "publisher", "Who published the weights."
    OTHERS = "others", "Somebody else, usually a common library."


class Claim(Term):
    """What a release is called in public."""

    OPEN_SOURCE = "open_source", "The words open source or open-sourced are used for the model."
    OPEN_MODEL = "open_model", "Called open, truly open or fully open, without the word source."
    OPEN_WEIGHTS = "open_weights", "Called open weights, or open with the word limited to the weights."
    OPEN_SCIENCE = "open_science", "Called open science or open access."
    SOURCE_AVAILABLE = "source_available", "Called source-available."
    NONE_FOUND = "none_found", "The public text was searched, and no such word was found."


class SaidBy(Term):
    """Whose words a claim is."""

    PUBLISHER = "publisher", "The publisher's own text."
    REPORT = "report", "Somebody else's report of what the publisher says."


class IndexGrade(Term):
    """Grade of one dimension in the openness index of chat models."""

    OPEN = "open", "The index finds it open."
    PARTIAL = "partial", "The index finds it partly open."
    CLOSED = "closed", "The index finds it closed."


class Grade(Term):
    """How much of a fully open release is open; the first includes the second, the second the third."""

    A = "a", "Weights, run code, training code and training data."
    B = "b", "Weights, run code and training code."
    C = "c", "Weights and run code."


FMTI_EDITIONS = ["2023-10", "2024-05", "2025-12"]
CHAT_INDEX_DIMENSIONS = [
    "opencode",
    "llmdata",
    "llmweights",
    "rldata",
    "rlweights",
    "license",
    "code",
    "architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "package",
    "api",
]
STACK_MAP_CLASSES = ["open", "open_source", "open_weights", "open_core", "source_available", "restricted", "gated", "closed"]
