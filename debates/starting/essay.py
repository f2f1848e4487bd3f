"""Map one speech or essay: the text beside the map, and its argument taken apart sentence by sentence."""

from django.utils.translation import gettext_lazy as _

from debates.starting.start import Start

ESSAY = Start(
    name="essay",
    icon="essay",
    title=_("Map one speech or essay"),
    summary=_("Paste a text. Turn its sentences into claims, reasons and objections, and see what it leaves open."),
    lead=_("The text stands beside the map, and each line of the map can rest on its words."),
    opening=_("Mapping this text, step by step"),
    steps=(
        _("Read it once without writing. What does it want you to believe? That is the claim, in one sentence."),
        _("Find the sentences that say why. Each becomes a reason *for*, in your own words, resting on the passage."),
        _("Find the objections that the text itself names, and its answers: an answer goes *under* what it answers."),
        _("Look at the sentences that are not used yet: are they examples, repetition, or a reason you missed?"),
        _("Add what a fair critic would say and the text does not. Mark where a source is missing."),
        _("Open the work list. Then write: an outline or a draft grows from the map."),
    ),
)
