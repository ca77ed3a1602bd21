"""The chat, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false, reportDeprecated=false

import reflex as rx

from assistant_app.ui.chat.cards import asking, call_cards, doing_line, suggestions
from assistant_app.ui.chat.rows import MessageRow
from assistant_app.ui.chat.selector import model_selector, model_title
from assistant_app.ui.chat.state import ChatState, TextState
from assistant_app.ui.components.composer import composer
from assistant_app.ui.components.inline_edit import inline_edit
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.message_text import message_copy, message_editor, message_text, text_feed
from assistant_app.ui.components.scroller import thread_scroller
from assistant_app.ui.sidebar.parts import export_item
from assistant_app.ui.sidebar.state import SidebarState


def header() -> rx.Component:
    """Show the title, editable in place, and what can be done with the conversation."""
    return rx.el.header(
        rx.cond(
            ChatState.is_temporary,
            rx.el.span(rx.icon("ghost", size=16), "Temporary chat", class_name="chat-badge"),
            rx.cond(
                (ChatState.conversation_id != "") & ~ChatState.is_missing,
                inline_edit(
                    value=ChatState.title,
                    label="Title",
                    longest=200,
                    on_save=lambda title: SidebarState.rename(ChatState.conversation_id, title),
                ),
            ),
        ),
        rx.el.div(class_name="grow"),
        rx.cond(
            ChatState.conversation_id != "",
            rx.el.button(
                rx.icon("square-pen", size=18),
                on_click=ChatState.new_chat,
                aria_label="New chat",
                title="New chat",
                class_name="icon-button chat-new",
            ),
        ),
        rx.cond(
            ChatState.conversation_id == "",
            rx.el.button(
                rx.icon("ghost", size=18),
                on_click=ChatState.toggle_temporary,
                aria_pressed=ChatState.is_temporary,
                aria_label="Temporary chat",
                title="Temporary chat: nothing of it is kept",
                class_name="icon-button",
            ),
            rx.cond(~ChatState.is_temporary & ~ChatState.is_missing, header_menu()),
        ),
        class_name="chat-header",
    )


def header_menu() -> rx.Component:
    """Offer what can be done with the shown conversation."""
    shown = ChatState.conversation_id
    return rx.menu.root(
        rx.menu.trigger(
            rx.el.button(rx.icon("ellipsis", size=18), aria_label="Conversation menu", class_name="icon-button")
        ),
        rx.menu.content(
            rx.cond(
                ChatState.is_pinned,
                rx.menu.item("Unpin", on_select=SidebarState.unpin(shown)),
                rx.menu.item("Pin", on_select=SidebarState.pin(shown)),
            ),
            rx.menu.item("Duplicate", on_select=SidebarState.duplicate(shown)),
            rx.cond(
                ChatState.is_archived,
                rx.menu.item("Unarchive", on_select=SidebarState.unarchive(shown)),
                rx.menu.item("Archive", on_select=SidebarState.archive(shown)),
            ),
            rx.menu.separator(),
            export_item(shown, "md", "Export as Markdown"),
            export_item(shown, "json", "Export as JSON"),
            rx.menu.separator(),
            rx.menu.item("What was done here", on_select=rx.redirect(f"/settings/activity?chat={shown}")),
            rx.menu.separator(),
            rx.menu.item("Delete", color="red", on_select=SidebarState.delete(shown)),
        ),
    )


def thread() -> rx.Component:
    """Show the messages, newest at the bottom."""
    return thread_scroller(
        text_feed(pieces=TextState.pieces),
        asking(),
        rx.el.div(
            rx.cond(
                ChatState.has_earlier,
                rx.el.button("Show earlier", on_click=ChatState.show_earlier, class_name="button-quiet thread-more"),
            ),
            rx.foreach(ChatState.rows, lambda row: rx.fragment(message(row=row), key=row.id)),
            suggestions(),
            rx.cond(
                ChatState.has_later,
                rx.el.button(
                    "Go to the latest messages", on_click=ChatState.show_latest, class_name="button-quiet thread-more"
                ),
            ),
            class_name="column",
            data_deleted=ChatState.is_deleted,
        ),
        conversation_id=ChatState.conversation_id,
        jump_to=ChatState.jump_to,
        jump_nonce=ChatState.jump_nonce,
        follow_nonce=ChatState.follow_nonce,
        label="Conversation",
    )


@rx.memo
def message(row: rx.Var[MessageRow]) -> rx.Component:
    """Show one message; drawn again only if its own row changes."""
    return rx.el.article(
        rx.cond(row.role == "user", question(row), answer(row)),
        class_name="message",
        data_role=row.role,
        data_message_id=row.id,
        aria_label=rx.cond(row.role == "user", "You said", "Steward said"),
    )


def question(row: rx.Var[MessageRow]) -> rx.Component:
    """Show what the user said."""
    return rx.cond(
        ChatState.editing_id == row.id,
        message_editor(message_id=row.id, on_save=ChatState.save_edit, on_cancel=ChatState.cancel_edit),
        rx.fragment(
            rx.el.div(
                message_text(message_id=row.id, role="user", running=False, on_gap=ChatState.send_text),
                class_name="bubble",
            ),
            rx.el.div(
                versions(row),
                message_copy(message_id=row.id, label="Copy message"),
                tool_button("pencil", "Edit message", ChatState.begin_edit(row.id)),
                message_menu(row),
                class_name="message-tools",
            ),
        ),
    )


def answer(row: rx.Var[MessageRow]) -> rx.Component:
    """Show what the assistant said, and how that ended."""
    return rx.fragment(
        call_cards(row.calls),
        rx.cond(row.running, doing_line()),
        message_text(message_id=row.id, role="assistant", running=row.running, on_gap=ChatState.send_text),
        rx.cond(
            row.note != "",
            rx.el.div(
                rx.cond(row.tone == "problem", rx.icon("circle-alert", size=18)),
                rx.el.p(row.note),
                rx.cond(
                    row.note.contains("Settings > Models"),
                    rx.link("Open settings", href="/settings/models", underline="none", class_name="button-quiet"),
                ),
                rx.cond(
                    row.can_resume,
                    rx.el.button("Continue", on_click=ChatState.resume(row.id), class_name="button-quiet"),
                ),
                rx.cond(
                    row.can_retry, rx.el.button("Retry", on_click=ChatState.retry(row.id), class_name="button-quiet")
                ),
                class_name="message-note",
                data_tone=row.tone,
                role=rx.cond(row.tone == "problem", "alert", "note"),
            ),
        ),
        rx.cond(
            ~row.running,
            rx.el.div(
                versions(row),
                message_copy(message_id=row.id, label="Copy answer", instead=row.said),
                tool_button("refresh-cw", "Regenerate answer", ChatState.regenerate(row.id)),
                message_menu(row),
                class_name="message-tools",
            ),
        ),
    )


def tool_button(icon: str, label: str, on_click: rx.event.EventType[()]) -> rx.Component:
    """Return a quiet button under a message."""
    return rx.el.button(
        rx.icon(icon, size=16), on_click=on_click, aria_label=label, title=label, class_name="icon-button"
    )


def versions(row: rx.Var[MessageRow]) -> rx.Component:
    """Switch between the versions of a message."""
    return rx.cond(
        row.versions > 1,
        rx.el.div(
            rx.el.button(
                rx.icon("chevron-left", size=16),
                on_click=ChatState.switch_version(row.previous_id),
                disabled=row.previous_id == "",
                aria_label="Previous version",
                class_name="icon-button",
            ),
            rx.el.span(f"{row.version}/{row.versions}", aria_label=f"Version {row.version} of {row.versions}"),
            rx.el.button(
                rx.icon("chevron-right", size=16),
                on_click=ChatState.switch_version(row.next_id),
                disabled=row.next_id == "",
                aria_label="Next version",
                class_name="icon-button",
            ),
            class_name="versions",
        ),
    )


def message_menu(row: rx.Var[MessageRow]) -> rx.Component:
    """Offer what is done more rarely."""
    return rx.menu.root(
        rx.menu.trigger(rx.el.button(rx.icon("ellipsis", size=16), aria_label="More", class_name="icon-button")),
        rx.menu.content(
            rx.el.div(
                local_time(instant=row.at, display="full"),
                rx.cond(row.model != "", rx.el.div(model_title(row.model))),
                class_name="menu-note",
            ),
            rx.cond(
                ~ChatState.is_temporary,
                rx.menu.item("Branch from here", on_select=ChatState.branch_from(row.id)),
            ),
            rx.menu.item("Delete message", color="red", on_select=ChatState.delete_message(row.id)),
        ),
    )


def compose(*, takes_focus: bool = True) -> rx.Component:
    """Show the card in which the next message is written."""
    return rx.el.div(
        rx.cond(
            ChatState.is_deleted,
            rx.el.div(
                rx.el.p("This conversation is in the trash."),
                rx.el.button(
                    "Restore", on_click=SidebarState.restore(ChatState.conversation_id), class_name="button-quiet"
                ),
                class_name="message-note",
                role="note",
            ),
            composer(
                model_selector(),
                draft_key=ChatState.draft_key,
                keeps_draft=~ChatState.is_temporary,
                sent_nonce=ChatState.sent_nonce,
                refused_nonce=ChatState.refused_nonce,
                running=ChatState.running,
                takes_focus=takes_focus,
                placeholder="Ask Steward anything",
                on_send=ChatState.send,
                on_stop=ChatState.stop,
            ),
        ),
        rx.cond(
            ChatState.is_temporary,
            rx.el.p("Nothing of this chat is kept. It is gone with this tab.", class_name="compose-note"),
        ),
        class_name="compose column",
    )
