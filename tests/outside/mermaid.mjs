// What Mermaid reads in each file of a folder: a line of JSON with the vertices and edges, or the error.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6 });

// The numbers between # and ; as Mermaid puts them into the drawing.
const shown = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)).replace(/ﬂ°(\w+)¶ß/g, "&$1;");

for (const file of readdirSync(process.argv[2])) {
  const text = readFileSync(join(process.argv[2], file), "utf-8");
  try {
    await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text.replace(/^---\n[^]*?\n---\n/, ""));
    const vertices = [...diagram.db.getVertices().values()].map(({ id, text }) => [id, shown(text)]);
    const edges = diagram.db.getEdges().map(({ start, end, stroke, text }) => [start, end, stroke, text]);
    console.log(JSON.stringify({ file, ok: true, vertices, edges }));
  } catch (error) {
    console.log(JSON.stringify({ file, ok: false, error: String(error) }));
  }
}
