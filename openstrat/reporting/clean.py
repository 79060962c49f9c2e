"""Text and HTML from notebooks made safe to put into a page: escaped, or reduced to a short list of harmless elements."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from openstrat.reporting.words import slugify

LINK = re.compile(r"(?:https?://|#)", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
SECTION = 2
"""Level of the headings that divide a page."""
_SCROLLS = re.compile(r'class="[^"]*\bscroll\b')
_DROPPED = re.compile(r"<(script|style|title|template|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TEXT_TAGS = "a abbr b blockquote br cite code dd del details dfn div dl dt em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small"
_MORE_TAGS = "span strong sub summary sup u ul var figure figcaption table caption colgroup col thead tbody tfoot tr td th"
_TAGS = frozenset(f"{_TEXT_TAGS} {_MORE_TAGS}".split())


@dataclass(frozen=True)
class Heading:
    """A heading that the table of contents lists."""

    level: int
    anchor: str
    text: str


@dataclass
class Outline:
    """Headings met so far, and the anchors that are taken."""

    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=lambda: {"main", "contents"})

    @property
    def section(self) -> str:
        """Anchor of the section that the page is in, '' before the first."""
        return next((heading.anchor for heading in reversed(self.headings) if heading.level == SECTION), "")

    def add(self, level: int, text: str, anchor: str = "") -> str:
        """Note a heading and return its anchor, unique in the page."""
        if not anchor:
            stem = slugify(text) or "section"
            anchor, number = stem, 1
            while anchor in self.anchors:
                number += 1
                anchor = f"{stem}-{number}"
        self.anchors.add(anchor)
        self.headings.append(Heading(level, anchor, text))
        return anchor


def _attribute(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and bool(LINK.match(value))
    if name == "class":
        return value == "dataframe"
    return name == "title" or (tag in ("td", "th") and name in ("colspan", "rowspan", "scope"))


def clean_html(html: str) -> Markup:
    """Return foreign HTML with everything removed that can run, load, style or disguise itself."""
    import bleach  # type: ignore[import-untyped, unused-ignore]

    cleaned = bleach.clean(_DROPPED.sub("", html), tags=_TAGS, attributes=_attribute, protocols={"http", "https"}, strip=True)
    return Markup(cleaned)  # noqa: S704 - cleaned just above


def wrap_tables(html: str) -> str:
    """Return HTML whose tables can be scrolled sideways by touch and keys."""
    if "<table" not in html or _SCROLLS.search(html):
        return html
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{html}</div>'


def _settle(tokens: list[Token], outline: Outline | None) -> None:
    """Keep web and page links, drop other targets, and give headings their anchors."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level, text = int(token.tag[1]), plain_text(tokens[index + 1])
            if outline is not None and level > 1:
                token.attrSet("id", outline.add(level, text))
        if token.type == "link_open":
            _settle_link(token)
        if token.children:
            _settle(token.children, None)


def _settle_link(token: Token) -> None:
    href = str(token.attrs.get("href", ""))
    if not LINK.match(href):
        token.attrs.pop("href", None)
    elif not href.startswith("#"):
        token.attrSet("rel", "noopener noreferrer")


def plain_text(inline: Token) -> str:
    """Return the text of an inline token without its marks."""
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _picture(renderer: Any, tokens: list[Token], index: int, options: Any, env: MutableMapping[str, Any]) -> str:
    token = tokens[index]
    alternative = renderer.renderInlineAsText(token.children, options, env) if token.children else ""
    source = str(token.attrs.get("src", ""))
    if not PICTURE.fullmatch(source):
        return str(Markup("<em>{}</em>").format(alternative or "picture"))
    return str(Markup('<img src="{}" alt="{}">').format(source, alternative))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # _settle_link decides
    parser.add_render_rule("image", _picture)
    return parser


PARSER = _parser()


def markdown(text: str, outline: Outline | None = None) -> Markup:
    """Return Markdown as HTML: raw HTML escaped, links only to the web or the page, headings noted in `outline`."""
    tokens = PARSER.parse(text)
    _settle(tokens, outline)
    return Markup(wrap_each_table(PARSER.renderer.render(tokens, PARSER.options, {})))  # noqa: S704 - raw HTML is off


def wrap_each_table(html: str) -> str:
    """Return Markdown's HTML with every table in a scrolling region of its own (Markdown tables do not nest)."""
    opened = html.replace("<table>", '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table class="data">')
    return opened.replace("</table>", "</table></div>")


def split_title(text: str) -> tuple[str, str]:
    """Return the level-one heading that opens a Markdown text, as plain text, and what follows it; '' and the text if none does."""
    tokens = PARSER.parse(text)
    if not tokens or tokens[0].type != "heading_open" or tokens[0].tag != "h1" or tokens[0].map is None:
        return "", text
    return plain_text(tokens[1]), "\n".join(text.splitlines()[tokens[0].map[1] :])
