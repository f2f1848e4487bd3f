"""What each verb says in the history: one whole sentence for each, so that it can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# "verb" or "verb:variant", see _variant.
SENTENCES: dict[str, StrOrPromise] = {
    "topic-created": gettext_lazy("{who} began this topic"),
    "topic-revised": gettext_lazy("{who} changed the topic"),
    "topic-closed": gettext_lazy("{who} closed the topic"),
    "topic-reopened": gettext_lazy("{who} opened the topic again"),
    "copy": gettext_lazy("{who} copied the statements of another topic"),
    "import": gettext_lazy("{who} brought lines in from a file"),
    "unimport": gettext_lazy("{who} took out what had come from a file"),
    "erase": gettext_lazy("{who} left this site for good; words that nobody had answered went along"),
    "add": gettext_lazy("{who} added a line"),
    "add:claim": gettext_lazy("{who} made a claim"),
    "add:supports": gettext_lazy("{who} argued for {parent}"),
    "add:opposes": gettext_lazy("{who} argued against {parent}"),
    "suggest": gettext_lazy("{who} made a line a suggestion again"),
    "suggest:claim": gettext_lazy("{who} suggested a claim"),
    "suggest:supports": gettext_lazy("{who} suggested an argument for {parent}"),
    "suggest:opposes": gettext_lazy("{who} suggested an argument against {parent}"),
    "accept": gettext_lazy("{who} accepted a suggestion"),
    "link": gettext_lazy("{who} linked a line in a second place"),
    "link:supports": gettext_lazy("{who} linked a line as an argument for {parent}"),
    "link:opposes": gettext_lazy("{who} linked a line as an argument against {parent}"),
    "move": gettext_lazy("{who} moved a line"),
    "reorder": gettext_lazy("{who} changed the place of a line among its neighbours"),
    "turn": gettext_lazy("{who} turned a line"),
    "turn:supports": gettext_lazy("{who} turned a “but” into a “because”"),
    "turn:opposes": gettext_lazy("{who} turned a “because” into a “but”"),
    "revise": gettext_lazy("{who} changed a wording"),
    "revise:note": gettext_lazy("{who} changed the note of {line}"),
    "withdraw": gettext_lazy("{who} took a line back"),
    "remove": gettext_lazy("{who} removed a line as a moderator"),
    "restore": gettext_lazy("{who} brought a line back"),
    "cite": gettext_lazy("{who} added a source to {line}"),
    "uncite": gettext_lazy("{who} took a source away from {line}"),
    "recite": gettext_lazy("{who} changed a source of {line}"),
    "place": gettext_lazy("{who} placed a passage of {line} in the text again"),
    "essay-added": gettext_lazy("{who} laid the text “{title}” beside the map"),
    "essay-revised": gettext_lazy("{who} changed the text “{title}”"),
    "essay-removed": gettext_lazy("{who} took the text “{title}” away"),
    "quote": gettext_lazy("{who} rested {line} on a passage"),
    "unquote": gettext_lazy("{who} took a passage away from {line}"),
    "comment": gettext_lazy("{who} commented on {line}"),
    "comment:question": gettext_lazy("{who} asked a question about {line}"),
    "uncomment": gettext_lazy("{who} took a comment on {line} back"),
}
UNKNOWN = gettext_lazy("{who} changed something")
