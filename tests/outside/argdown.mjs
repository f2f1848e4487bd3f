// What Argdown's own core makes of every .argdown file of a folder: the errors, or its titles, words and relations.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const { argdown } = createRequire(import.meta.url)("@argdown/core/dist/argdown.js");

const folder = process.argv[2];
const words = (all) =>
  Object.values(all).map(({ title, members }) => [
    title,
    members.filter((member) => !member.isReference).map((member) => member.text.trim()),
  ]);

for (const file of readdirSync(folder).filter((name) => name.endsWith(".argdown")).sort()) {
  const answer = { file };
  try {
    const found = argdown.run({
      input: readFileSync(join(folder, file), "utf8"),
      process: ["parse-input", "build-model"],
      throwExceptions: true,
      logLevel: "error",
    });
    answer.errors = [...(found.lexerErrors ?? []), ...(found.parserErrors ?? [])].map((error) => error.message);
    answer.statements = words(found.statements);
    answer.arguments = words(found.arguments);
    answer.relations = found.relations.map(({ from, to, relationType }) => [from.title, relationType, to.title ?? to.argumentTitle]);
    answer.frontMatter = found.frontMatter;
    answer.data = Object.fromEntries(
      [...Object.values(found.statements), ...Object.values(found.arguments)].map(({ title, data }) => [title, data]),
    );
  } catch (error) {
    answer.errors = [String(error.message ?? error)];
  }
  console.log(JSON.stringify(answer));
}
