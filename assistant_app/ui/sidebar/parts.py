"""The sidebar, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.components.inline_edit import inline_edit
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.nav_link import nav_link
from assistant_app.ui.components.plain import plain_form, plain_link
from assistant_app.ui.help import HelpState
from assistant_app.ui.inbox.arrivals import unread_badge
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.search import Found, Part, SearchState
from assistant_app.ui.sidebar.state import Entry, Group, SidebarState


def sidebar(*, is_chat: bool) -> rx.Component:
    """Return the whole column: new chat, search and the pages on top, the list, the account at the bottom.

    The list marks the conversation that is shown, if the page `is_chat`: beside another one it is only at hand.
    """
    return rx.el.div(
        rx.el.div(
            rx.link("Steward", href="/", class_name="side-name", underline="none"),
            class_name="side-head",
        ),
        rx.el.div(
            rx.el.button(
                rx.icon("square-pen", size=16), "New chat", on_click=ChatState.new_chat, class_name="side-button"
            ),
            rx.el.button(
                rx.icon("search", size=16),
                "Search",
                rx.el.kbd("Ctrl K"),
                on_click=SearchState.open_dialog,
                class_name="side-button",
            ),
            page_link("circle-check", "Tasks", "/tasks"),
            page_link("calendar", "Calendar", "/calendar"),
            page_link("inbox", "Inbox", "/inbox", unread_badge()),
            class_name="side-actions",
        ),
        shelf_heading(),
        conversation_list(is_chat=is_chat),
        account(),
        class_name="side",
    )


def page_link(icon: str, title: str, path: str, *badge: rx.Component) -> rx.Component:
    """Link one of the large pages; `badge` stands at the end of the line."""
    return nav_link(rx.icon(icon, size=16), title, *badge, to=path, class_name="side-button")


def shelf_heading() -> rx.Component:
    """Name the shelf, if it is not the list itself, with the way back."""
    return rx.cond(
        SidebarState.shelf != "list",
        rx.el.div(
            rx.el.button(
                rx.icon("arrow-left", size=16),
                on_click=SidebarState.show_shelf("list"),
                aria_label="Back to conversations",
                class_name="icon-button",
            ),
            rx.el.h2(rx.cond(SidebarState.shelf == "trash", "Trash", "Archive"), class_name="side-shelf"),
            rx.cond((SidebarState.shelf == "trash") & (SidebarState.groups.length() > 0), empty_trash_button()),
            class_name="side-shelf-head",
        ),
    )


def empty_trash_button() -> rx.Component:
    """Empty the trash, after a question."""
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(rx.el.button("Empty trash", class_name="button-quiet side-empty-trash")),
        rx.alert_dialog.content(
            rx.alert_dialog.title("Empty the trash?"),
            rx.alert_dialog.description("The conversations in it are removed for good. This cannot be undone."),
            rx.flex(
                rx.alert_dialog.cancel(rx.button("Cancel", variant="soft", color_scheme="gray")),
                rx.alert_dialog.action(rx.button("Empty trash", color_scheme="red", on_click=SidebarState.empty_trash)),
                spacing="3",
                justify="end",
                margin_top="1rem",
            ),
            max_width="26rem",
        ),
    )


def conversation_list(*, is_chat: bool) -> rx.Component:
    """List the conversations under their days."""
    return rx.el.div(
        rx.cond(
            SidebarState.loaded,
            rx.fragment(
                rx.foreach(SidebarState.groups, lambda item: group(item, is_chat=is_chat)),
                rx.cond(
                    SidebarState.groups.length() == 0,
                    rx.el.p(
                        rx.match(
                            SidebarState.shelf,
                            ("trash", "The trash is empty."),
                            ("archive", "Nothing is archived."),
                            "Your conversations will be listed here.",
                        ),
                        class_name="side-empty",
                    ),
                ),
                rx.cond(
                    SidebarState.has_more,
                    rx.el.button("Show more", on_click=SidebarState.show_more, class_name="button-quiet side-more"),
                ),
            ),
            rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(6)], aria_hidden="true"),
        ),
        class_name="side-list",
    )


def group(item: rx.Var[Group], *, is_chat: bool) -> rx.Component:
    """Show one day's conversations."""
    return rx.el.section(
        rx.el.h3(item.label, class_name="side-day"),
        rx.el.ul(
            rx.foreach(item.lines, lambda e: rx.el.li(entry(e, is_chat=is_chat), key=e.id, class_name="side-item"))
        ),
        key=item.label,
        aria_label=item.label,
    )


def entry(item: rx.Var[Entry], *, is_chat: bool) -> rx.Component:
    """Show one conversation."""
    is_shown = (ChatState.conversation_id == item.id) if is_chat else False
    return rx.el.div(
        rx.cond(
            SidebarState.renaming_id == item.id,
            inline_edit(
                value=item.title,
                label="Title",
                editing=True,
                longest=200,
                on_save=lambda title: SidebarState.rename(item.id, title),
                on_cancel=SidebarState.cancel_rename,
            ),
            rx.link(
                rx.cond(item.unread, rx.el.span(class_name="dot", role="img", aria_label="Unread")),
                rx.cond(item.running, rx.el.span(class_name="dot running", role="img", aria_label="Answering")),
                rx.el.span(item.title, class_name="side-title"),
                rx.el.span(item.time, class_name="side-time"),
                href=f"/c/{item.id}",
                underline="none",
                class_name="side-link",
                title=item.title,
                custom_attrs={"aria-current": rx.cond(is_shown, "page", "false")},
            ),
        ),
        entry_menu(item),
        class_name="side-entry",
        data_current=is_shown,
    )


def entry_menu(item: rx.Var[Entry]) -> rx.Component:
    """Offer what can be done with a conversation."""
    return rx.menu.root(
        rx.menu.trigger(
            rx.el.button(
                rx.icon("ellipsis", size=16), aria_label=f"More for {item.title}", class_name="icon-button side-menu"
            )
        ),
        rx.menu.content(
            rx.cond(
                SidebarState.shelf == "trash",
                rx.fragment(
                    rx.menu.item("Restore", on_select=SidebarState.restore(item.id)),
                    rx.menu.item("Delete for good", color="red", on_select=SidebarState.delete_forever(item.id)),
                ),
                rx.fragment(
                    rx.menu.item("Rename", on_select=SidebarState.begin_rename(item.id)),
                    rx.cond(
                        item.pinned,
                        rx.menu.item("Unpin", on_select=SidebarState.unpin(item.id)),
                        rx.menu.item("Pin", on_select=SidebarState.pin(item.id)),
                    ),
                    rx.menu.item("Duplicate", on_select=SidebarState.duplicate(item.id)),
                    rx.cond(
                        SidebarState.shelf == "archive",
                        rx.menu.item("Unarchive", on_select=SidebarState.unarchive(item.id)),
                        rx.menu.item("Archive", on_select=SidebarState.archive(item.id)),
                    ),
                    rx.menu.separator(),
                    export_item(item.id, "md", "Export as Markdown"),
                    export_item(item.id, "json", "Export as JSON"),
                    rx.menu.separator(),
                    rx.menu.item("Delete", color="red", on_select=SidebarState.delete(item.id)),
                ),
            )
        ),
    )


def export_item(conversation_id: rx.Var[str] | str, form: str, label: str) -> rx.Component:
    """Offer a download; a plain link, since it leaves the page's own navigation."""
    return rx.menu.item(
        plain_link(
            label, href=f"/export/conversations/{conversation_id}.{form}", download=True, class_name="menu-link"
        ),
        as_child=True,
    )


def account() -> rx.Component:
    """Show who is signed in, with the ways to settings, the other shelves and out."""
    return rx.el.div(
        rx.menu.root(
            rx.menu.trigger(
                rx.el.button(
                    rx.avatar(fallback=SessionState.initial, size="2", radius="full"),
                    rx.el.span(SessionState.name, class_name="side-title"),
                    rx.icon("chevrons-up-down", size=16),
                    class_name="side-account",
                    aria_label=f"Account of {SessionState.name}",
                )
            ),
            rx.menu.content(
                rx.menu.item("Settings", on_select=rx.redirect("/settings/profile")),
                rx.menu.item("Archive", on_select=SidebarState.show_shelf("archive")),
                rx.menu.item("Trash", on_select=SidebarState.show_shelf("trash")),
                rx.menu.item("Keyboard shortcuts", on_select=HelpState.open_dialog),
                rx.menu.separator(),
                rx.menu.item(
                    rx.el.button("Sign out", type="submit", form="sign-out", class_name="menu-link"), as_child=True
                ),
                min_width="var(--radix-dropdown-menu-trigger-width)",
            ),
        ),
        plain_form(id="sign-out", method="post", action="/logout"),
        class_name="side-foot",
    )


def search_dialog() -> rx.Component:
    """Search titles and messages while typing."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Search conversations", class_name="visually-hidden"),
            rx.dialog.description("Type to search titles and messages.", class_name="visually-hidden"),
            rx.el.input(
                type="search",
                name="query",
                placeholder="Search titles and messages",
                aria_label="Search titles and messages",
                default_value=SearchState.query,
                auto_complete="off",
                on_change=SearchState.look.debounce(120),
                class_name="search-field",
            ),
            rx.el.div(
                rx.foreach(SearchState.results, search_result),
                rx.cond(
                    (SearchState.query != "") & (SearchState.results.length() == 0),
                    rx.el.p("Nothing found. Try fewer or other words.", class_name="side-empty"),
                ),
                class_name="search-results",
                role="list",
                aria_label="Results",
            ),
            max_width="40rem",
            padding="0",
            class_name="search-dialog",
            custom_attrs={"data-arrows": SearchState.query},
        ),
        open=SearchState.is_open,
        on_open_change=SearchState.set_open,
    )


def search_result(item: rx.Var[Found]) -> rx.Component:
    """Show one result, with what was looked for in bold."""
    return rx.el.div(
        rx.el.button(
            rx.el.span(
                rx.el.strong(item.title), local_time(instant=item.at, display="date"), class_name="search-title"
            ),
            rx.cond(
                item.parts.length() > 0,
                rx.el.span(rx.foreach(item.parts, search_part), class_name="search-snippet"),
            ),
            on_click=SearchState.go(item.conversation_id, item.message_id),
            class_name="search-result",
        ),
        key=item.key,
        role="listitem",
    )


def search_part(item: rx.Var[Part]) -> rx.Component:
    """Show a piece of a snippet."""
    return rx.cond(item.is_match, rx.el.mark(item.text), rx.el.span(item.text))
