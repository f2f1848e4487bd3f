"""Prepare for a debate: the motion as the claim, both sides at their strongest, and the replies at hand."""

from django.utils.translation import gettext_lazy as _

from debates.starting.start import Start

DEBATE = Start(
    name="debate",
    icon="outline",
    title=_("Prepare for a debate"),
    summary=_("The motion is the claim. Build your side, the other side at its strongest, and a reply to everything."),
    lead=_("Reasons for the motion stand on one side, reasons against it on the other. You prepare both."),
    opening=_("Preparing, step by step"),
    steps=(
        _("What do the words of the motion mean? Where two readings are possible, say in a comment which is yours."),
        _("*For*: the three strongest reasons, each with a source that somebody else can check."),
        _("*Against*: the three strongest reasons, written as the people who hold them would write them."),
        _(
            "The other side at its strongest: take the side that you do not speak for, and improve each of its lines "
            "until its own speakers would say: yes, that is what we mean."
        ),
        _("Answer every objection to your side. An objection that you cannot answer, you name yourself and weigh."),
        _("Open the work list: what has no reply and no source yet is what you will be asked."),
    ),
)
