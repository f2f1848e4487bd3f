// What the OPML package of the format's author reads in each file of a folder: the head's title and every outline's text.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const opml = createRequire(import.meta.url)("opml");

const texts = (node) => (node.subs ?? []).map((each) => [each.text, texts(each)]);

for (const file of readdirSync(process.argv[2]).filter((name) => name.endsWith(".opml"))) {
  opml.parse(readFileSync(join(process.argv[2], file), "utf-8"), (error, outline) => {
    const answer = error
      ? { file, error: error.message }
      : { file, title: outline.opml.head.title, outline: texts(outline.opml.body) };
    console.log(JSON.stringify(answer));
  });
}
