"""Kind hints for whoever makes a line out of a passage: reminders that come with a reason, and never a gate.

Pure functions of what was written and of the words that it rests on. Each says what it has seen, so that the hint can
name it, or nothing; where they are not sure, they say nothing.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from debates.essays.segmenting import Block, sentences_of
from debates.similar import telling_words

COPIED_WORDS = 8
COPIED_SIGNS = 20  # the same in scripts that write no spaces between words

# Scripts without spaces between words: Thai to Khmer, kana and Han. Each of their signs is looked at alone.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’][^\W{_UNSPACED}]+)*")
_SIGN = re.compile(f"[{_UNSPACED}]")


class Further(NamedTuple):
    """The text is careful with one word where the claim is sure with another."""

    careful: str
    sure: str


# -- words taken over ---------------------------------------------------------------------------------------------


def copied_run(claim: str, passage: str, least: int = COPIED_WORDS) -> str:
    """The longest run of words that `claim` takes over from `passage`, as it stands in `claim`; "" below `least`.

    Case and punctuation do not count. Without spaces between words, 20 signs count for what eight words do.
    """
    ours, theirs = list(_TOKEN.finditer(claim)), list(_TOKEN.finditer(passage))
    mine = [found.group().casefold() for found in ours]
    match = SequenceMatcher(None, mine, [found.group().casefold() for found in theirs], autojunk=False)
    start, _there, size = match.find_longest_match()
    signs = sum(1 for token in mine[start : start + size] if _SIGN.match(token))
    if (size - signs) / least + signs / COPIED_SIGNS < 1:
        return ""
    return claim[ours[start].start() : ours[start + size - 1].end()]


# -- more than the text says -----------------------------------------------------------------------------------------

_MODAL = r"can|could|may|might"
_ADVERB = r"(?:\w+ly|also|even|still|often|sometimes|just|not|well|too|both)"
_MODAL_VERB = re.compile(rf"\b({_MODAL})\s+(?:{_ADVERB}\s+){{0,2}}(\w+)", re.IGNORECASE)
_CAREFUL = re.compile(
    r"\b(can|could|may|might|perhaps|maybe|possibly|probably|likely|seems?|seemed|appears?|suggests?|tends?|sometimes"
    r"|often|usually|some|many|most|partly|rarely)\b",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(will|always|never|must|all|every|everyone|everybody|nobody|no one|nothing|everything|proves?|proved|certainly"
    r"|definitely|undoubtedly|inevitably|guarantees?|impossible|completely)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(is|are|was|were)\b", re.IGNORECASE)
_OF_BEING = {"be": _IS, "have": re.compile(r"\b(has|have|had)\b", re.IGNORECASE)}
# "cannot replace", "to replace", "did not replace" say less than "replaces".
_NOT_SAID_OUTRIGHT = re.compile(r"\b(?:cannot|\w+n['’]t|not|never|to|would|should|if)\s+$", re.IGNORECASE)
_KOREAN_CAREFUL = re.compile(r"\w*(?:수 있|수도 있)\w*|\w*지도 모(?:른|르)\w*|아마도?|때로는|가끔")
_KOREAN_SURE = re.compile(r"(?<!\w)(?:반드시|항상|언제나|절대로?|결코|모든|모두)(?!\w)")
_CLAUSE = re.compile(r"[.!?;:]+\s+|\n+")
_IN_COMMON = 2


def goes_further(claim: str, passage: str) -> Further | None:
    """Where `claim` is surer than the part of `passage` that it is about: "can be" there, "is" here.

    Word lists for English, and the surest cases of Korean. A claim that is careful itself, or that is no surer than
    the text, goes no further; nor does one that has hardly a word in common with the careful part of it.
    """
    korean = _pair(_KOREAN_CAREFUL, _KOREAN_SURE, claim, passage)
    if korean is not None or _CAREFUL.search(claim):
        return korean
    about = telling_words(claim)
    for clause in _CLAUSE.split(passage):
        if len(about & telling_words(clause)) >= _IN_COMMON:
            further = _pair(_CAREFUL, _SURE, claim, clause) or _same_verb(claim, clause)
            if further is not None:
                return further
    return None


def _pair(careful: re.Pattern[str], sure: re.Pattern[str], claim: str, passage: str) -> Further | None:
    hedge, flat = careful.search(passage), sure.search(claim)
    if hedge is None or flat is None or careful.search(claim) or sure.search(passage):
        return None
    return Further(hedge.group().strip(), flat.group())


def _same_verb(claim: str, clause: str) -> Further | None:
    """ "can divide" there, "divides" here."""
    for found in _MODAL_VERB.finditer(clause):
        modal, verb = found.group(1), found.group(2)
        flat = (_OF_BEING.get(verb.casefold()) or _forms_of(verb)).search(claim)
        if flat is not None and len(verb) > 1 and not _NOT_SAID_OUTRIGHT.search(claim[: flat.start()]):
            return Further(f"{modal} {verb}", flat.group())
    return None


def _forms_of(verb: str) -> re.Pattern[str]:
    """The present and the past of a regular verb."""
    stem = re.escape(verb.removesuffix("e").removesuffix("y"))
    return re.compile(rf"\b{stem}(?:e|y|es|s|ies|ed|ied)?\b", re.IGNORECASE)


# -- two in one --------------------------------------------------------------------------------------------------

# What joins two whole sentences. A list, or "and" between two words, is none of this.
_JOINTS = re.compile(
    r";(?=\s*\w)"
    r"|,?\s+and\s+(?:also|because|therefore|besides|moreover|at the same time|on the other hand)\b"
    r"|,\s+(?:and|but)\s+(?:it|they|he|she|we|this|that|there|these|those)\s+\w+"
    r"|\s(?:그리고|그러나|하지만)\s",
    re.IGNORECASE,
)
_TWO_REASONS = re.compile(r"\bbecause\b(?=.{12,}\bbecause\b)", re.IGNORECASE | re.DOTALL)
_BEGINNING = 3


def two_ideas(claim: str, language: str = "en") -> str:
    """What joins two ideas in `claim`, as it stands there (";", "and also"), or how a second sentence begins; or ""."""
    sentences = sentences_of(claim, Block(0, 0, len(claim)), language)
    if len(sentences) > 1:
        second = claim[sentences[1].start : sentences[1].end].split()
        return " ".join(second[:_BEGINNING]) + (" …" if len(second) > _BEGINNING else "")
    joint = _JOINTS.search(claim) or _TWO_REASONS.search(claim)
    return " ".join(joint.group().strip(" ,").split()) if joint else ""


# -- all of them -------------------------------------------------------------------------------------------------


class Hints(NamedTuple):
    """What there is to say about a line and the words that it rests on."""

    copied: str
    further: Further | None
    joint: str


def hints_on(claim: str, passage: str, language: str) -> Hints:
    """Everything that the hints see, each "" or None where there is nothing to say."""
    return Hints(copied_run(claim, passage), goes_further(claim, passage), two_ideas(claim, language))
