"""From a map to a text: an outline or draft made of the lines of a topic, and the draft as a file.

Nothing here writes for anybody. The words are those of the lines; between them stand a few joining words.
"""
