"""Templates to start from. Each is data: what it is for, what its form asks, and the steps the topic begins with.

The steps become the topic's background, in the words of whoever begins: theirs to follow, to edit, or to throw away.
"""

from debates.starting.debate import DEBATE
from debates.starting.essay import ESSAY
from debates.starting.question import QUESTION
from debates.starting.start import Start

__all__ = ["STARTS", "Start"]

STARTS: dict[str, Start] = {start.name: start for start in (ESSAY, QUESTION, DEBATE)}
