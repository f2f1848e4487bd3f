// What MindMup's own model reads in each file of a folder: the ideas in its order, with their groups, and its links.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const { content, sortedSubIdeas } = createRequire(import.meta.url)("mindmup-mapjs-model");

const ideas = (idea) => sortedSubIdeas(idea).map((each) => [each.attr?.group ?? each.title, ideas(each)]);

for (const file of readdirSync(process.argv[2]).filter((name) => name.endsWith(".mup"))) {
  try {
    const map = content(JSON.parse(readFileSync(join(process.argv[2], file), "utf-8")));
    const links = (map.links ?? []).map(({ ideaIdFrom, ideaIdTo }) => [
      map.findSubIdeaById(ideaIdFrom).title,
      map.findSubIdeaById(ideaIdTo).title,
    ]);
    console.log(JSON.stringify({ file, title: map.title, ideas: ideas(map), links }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: String(error) }));
  }
}
