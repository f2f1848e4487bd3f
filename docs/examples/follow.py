"""Keep a copy of a topic in step with the site: TOKEN=cp_… python follow.py https://debate.example.org/api/v1 7"""

import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Copy:
    # `statements` by their numbers, as the API gives them. `last` is the newest change that they hold.
    def __init__(self, root, topic, token=""):
        self.root, self.topic, self.statements, self.last, self.tag = root, f"{root}/topics/{topic}", {}, 0, '""'
        self.usual = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, url, **headers):
        try:
            with urlopen(Request(url, headers=self.usual | headers), timeout=30) as answer:  # noqa: S310 - as asked for
                return json.load(answer), answer.headers.get("ETag")
        except HTTPError as error:
            if error.code not in (304, 404):  # nothing new, or nothing there for us
                raise
            return None, headers.get("If-None-Match")

    def read(self, url):
        while url:  # a tree, the pages of a list, or one statement
            data = self.get(url)[0] or {}
            rows = [data] if "id" in data else data.get("statements", data.get("results", []))
            self.statements |= {row["id"]: row for row in rows}
            url = data.get("next")
        return data

    def read_all(self):
        self.statements = {}
        self.last = self.read(f"{self.topic}/tree/?shape=flat")["last_change"]

    def take_in(self, verb, pk, after):
        if verb in ("move", "reorder"):  # depths below it and places beside it are others now
            self.read(f"{self.topic}/tree/?shape=flat&root={pk}")
            self.read(f"{self.topic}/statements/?parent={after['parent'] or 'none'}")
        elif verb in ("erase", "copy", "import", "unimport"):  # statements went, or came by the hundred
            self.read_all()
        elif pk and self.read(f"{self.root}/statements/{pk}/") == {}:
            self.statements.pop(pk, None)  # a suggestion again, or gone

    def follow(self):
        feed, self.tag = self.get(f"{self.topic}/changes/?since={self.last}", **{"If-None-Match": self.tag})
        for change in feed["changes"] if feed else []:
            self.take_in(change["verb"], change["statement"], change["after"])
            self.last = max(self.last, change["number"])


if __name__ == "__main__":
    (copy := Copy(sys.argv[1].rstrip("/"), sys.argv[2], os.environ.get("TOKEN", ""))).read_all()
    while True:
        copy.follow()
        print(f"{len(copy.statements)} statements at change {copy.last}")
        time.sleep(5)
