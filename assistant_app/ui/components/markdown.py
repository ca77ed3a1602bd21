"""Markdown of people and models, rendered without raw HTML, remote images or unsafe links."""

import reflex as rx

from assistant_app.ui.components.javascript import library

MARKDOWN_PACKAGES = [
    "react-markdown@10.1.0",
    "remark-gfm@4.0.1",
    "lowlight@3.3.0",
    "katex@0.16.47",
    "remark-math@6.0.0",
    "rehype-katex@7.0.1",
]


class BlockMarkdown(rx.Component):
    """Rendered block by block, so that a growing text costs what its last block costs."""

    library = library("markdown.js")
    tag = "BlockMarkdown"
    lib_dependencies: list[str] = MARKDOWN_PACKAGES

    text: rx.Var[str]
    streaming: rx.Var[bool]


block_markdown = BlockMarkdown.create
