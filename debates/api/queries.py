"""Parameters of addresses, read strictly: what is not understood is a problem that names it, and never ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.api.problems import bad_query

if TYPE_CHECKING:
    from collections.abc import Collection

    from rest_framework.request import Request

# As large as a number of the database can be.
LARGEST = 2**63 - 1
YES, NO = {"true", "1", "yes"}, {"false", "0", "no"}
QUERY_LENGTH = 200


def allow(request: Request, *names: str) -> None:
    """Refuse parameters that this address does not know: a misspelt filter would else filter nothing."""
    for name in request.query_params:
        if name not in names:
            known = ", ".join(sorted(names)) or _("none")
            sentence = _("There is no parameter “%(name)s” here. There are: %(known)s.")
            raise bad_query(name[:60], sentence % {"name": name[:60], "known": known})


def whole_number(
    request: Request, name: str, *, otherwise: int | None = None, least: int = 1, most: int = LARGEST
) -> int | None:
    given = request.query_params.get(name)
    if given is None:
        return otherwise
    if given.isascii() and given.isdigit() and len(given) < 20 and least <= int(given) <= most:
        return int(given)
    sentence = _("This must be a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
    raise bad_query(name, sentence)


def one_of(request: Request, name: str, choices: Collection[str], *, otherwise: str = "") -> str:
    given = request.query_params.get(name, otherwise)
    if given != otherwise and given not in choices:
        raise bad_query(name, _("This must be one of: %(choices)s.") % {"choices": ", ".join(choices)})
    return given


def yes_or_no(request: Request, name: str) -> bool | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    if given not in YES | NO:
        raise bad_query(name, _("This must be true or false."))
    return given in YES


def words(request: Request, name: str = "q") -> str:
    given = request.query_params.get(name, "").strip()
    if len(given) > QUERY_LENGTH:
        raise bad_query(name, _("At most %(limit)d characters, please.") % {"limit": QUERY_LENGTH})
    if "\0" in given:
        raise bad_query(name, _("A NUL is no letter of any word."))
    return given
