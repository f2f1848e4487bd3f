"""Decide a question: every option is a claim, and each is tested by the same standard."""

from django.utils.translation import gettext_lazy as _

from debates.starting.start import Start

QUESTION = Start(
    name="question",
    icon="columns",
    title=_("Decide a question"),
    summary=_("Put two or more options side by side, and give each the best reasons for and against it."),
    lead=_("Every option becomes a claim of its own, with its reasons for and against."),
    opening=_("Deciding, step by step"),
    steps=(
        _("Is an option missing? “Do nothing” and “do both” are options, too."),
        _("Write down what a good answer must achieve, before you argue: the same standard for every option."),
        _("Give each option its two best reasons *for*, also the ones you like least."),
        _("Give each option its two best reasons *against*, also your favourite."),
        _("Answer the objections that would change your mind. Which of them stand?"),
        _("Say how much each reason matters by voting. Decide, and note what would make you decide otherwise."),
    ),
)
