"""The debates, as those who run the site see them: to look things up, and to hide what must go.

What makes a tree a tree is read-only here, and nothing is added or deleted but whole topics: that is the work of the
verbs, which lock, check and record. Votes are private to their voters, and the history is what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.people import person_of
from debates.models import (
    Argument,
    Change,
    Claim,
    Comment,
    Essay,
    Membership,
    Passage,
    Pseudonym,
    Rebuttal,
    Refused,
    ShareLink,
    Source,
    Statement,
    Topic,
    Vote,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Found and read, never altered."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Who may use the actions that run a verb."""
        return request.user.has_perm(f"debates.change_{self.opts.model_name}")


def run_verb(request: HttpRequest, chosen: Iterable[Any], verb: Callable[[Any], object]) -> None:
    """Run a verb on each row, and say how many it took and what the others were refused for."""
    done = 0
    for row in chosen:
        try:
            verb(row)
            done += 1
        except Refused as refused:
            messages.error(request, f"{row}: {refused.message}")
    messages.success(request, _("Done: %(count)d") % {"count": done})


@admin.register(Statement, Claim, Argument, Rebuttal)
class StatementAdmin(LookOnly):
    list_display = ("__str__", "topic", "stance", "depth", "status", "author", "created")
    list_filter = ("status", "stance")
    list_select_related = ("topic", "author")
    search_fields = ("text", "topic__title", "=id")
    ordering = ("-pk",)
    exclude = ("search_text", "key")
    actions = ("hide", "show")

    @admin.action(description=_("Hide as a moderator"), permissions=["moderate"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Statement]) -> None:
        run_verb(request, chosen.select_related("topic"), lambda row: row.remove(by=request.user))

    @admin.action(description=_("Show again"), permissions=["moderate"])
    def show(self, request: HttpRequest, chosen: QuerySet[Statement]) -> None:
        run_verb(request, chosen.select_related("topic"), lambda row: row.restore(by=request.user))

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("debates.change_statement")


@admin.register(Comment)
class CommentAdmin(LookOnly):
    list_display = ("__str__", "statement", "kind", "author", "created", "removed")
    list_filter = ("removed", "kind")
    list_select_related = ("statement", "author")
    search_fields = ("text", "statement__text")
    ordering = ("-pk",)
    actions = ("hide",)

    @admin.action(description=_("Take back"), permissions=["moderate"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Comment]) -> None:
        comments = chosen.filter(removed=False).select_related("statement__topic")
        run_verb(request, comments, lambda row: row.statement.uncomment(row, by=request.user))


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Texts and settings go through the verb, so that the history knows of them. Deleting takes everything along."""

    list_display = ("title", "visibility", "closed_at", "created_by", "changed_at")
    list_filter = ("visibility", "language")
    list_select_related = ("created_by",)
    search_fields = ("title", "question", "slug")
    ordering = ("-changed_at",)
    fields = (
        "title", "question", "background", "language", "visibility", "visitor_role", "guests_vote", "votes_shown",
        "names_shown", "slug", "created_by", "created", "changed_at", "closed_at", "last_change",
    )  # fmt: skip
    readonly_fields = ("slug", "created_by", "created", "changed_at", "closed_at", "last_change")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_deleted_objects(
        self, objs: Iterable[Topic], request: HttpRequest
    ) -> tuple[list[str], Any, set[str], list[str]]:
        """All that is in a topic goes with it. Listing it, as usual, would load every line of it."""
        titles = [str(topic) for topic in objs]
        return titles, {Topic._meta.verbose_name_plural: len(titles)}, set(), []

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        obj.revise(by=person_of(request), **{name: form.cleaned_data[name] for name in form.changed_data})


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("topic", "user", "role", "joined")
    list_filter = ("role",)
    list_select_related = ("topic", "user")
    search_fields = ("topic__title", "user__username")
    raw_id_fields = ("topic", "user")
    ordering = ("-pk",)


@admin.register(ShareLink)
class ShareLinkAdmin(LookOnly):
    """Without the token: whoever knows it can join."""

    list_display = ("topic", "role", "created_by", "created", "expires", "revoked")
    list_filter = ("role",)
    list_select_related = ("topic", "created_by")
    search_fields = ("topic__title",)
    exclude = ("token",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke"), permissions=["moderate"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ShareLink]) -> None:
        run_verb(request, chosen.filter(revoked=None), ShareLink.revoke)


@admin.register(Source)
class SourceAdmin(LookOnly):
    list_display = ("title", "author", "kind", "statement", "added_by")
    list_filter = ("kind",)
    list_select_related = ("statement", "added_by")
    search_fields = ("title", "author", "url")


@admin.register(Essay)
class EssayAdmin(LookOnly):
    list_display = ("title", "author", "topic", "created")
    list_select_related = ("topic",)
    search_fields = ("title", "author", "topic__title")


@admin.register(Passage)
class PassageAdmin(LookOnly):
    list_display = ("__str__", "essay", "statement", "start", "end")
    list_select_related = ("essay", "statement")
    search_fields = ("quote", "essay__title")


@admin.register(Vote)
class VoteAdmin(LookOnly):
    """That somebody voted, for questions about double votes; not what they said."""

    list_display = ("statement", "voter", "at")
    list_select_related = ("statement", "voter")
    search_fields = ("statement__text", "=statement__id")
    exclude = ("value",)


@admin.register(Pseudonym)
class PseudonymAdmin(LookOnly):
    list_display = ("name", "topic", "user")
    list_select_related = ("topic", "user")
    search_fields = ("name", "topic__title", "user__username")


@admin.register(Change)
class ChangeAdmin(LookOnly):
    list_display = ("__str__", "topic", "actor", "verb", "statement", "at")
    list_filter = ("verb",)
    list_select_related = ("topic", "actor", "statement")
    search_fields = ("topic__title", "verb", "=number")
    ordering = ("-pk",)
