// Places in the text of an essay, as the server counts them: code points of the whole text.
//   <p class="essay__text" data-start="120"> is a paragraph that begins there. The numbers of notes stand in it and are
//   no part of the text; an empty element #sentence-N stands where sentence N begins.
// Within a paragraph, scripts count UTF-16 units, as browsers do; the two are told apart by their names.

const PARAGRAPH = ".essay__text";
const BLOCK = ".essay__text, .essay__part > h3"; // what is between two paragraphs is chosen with them
const NO_TEXT = ".passage__number";

export const paragraphs = () => [...document.querySelectorAll(PARAGRAPH)];
const isText = (node) => node.nodeType === Node.TEXT_NODE;
const pointsIn = (text) => [...text].length;
const unitsIn = (text, points) => [...text].slice(0, points).join("").length;

function nodesOf(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    !isText(node) && node.matches(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

const textsOf = (paragraph) => nodesOf(paragraph).filter(isText);
export const wordsOf = (paragraph) => textsOf(paragraph).map(({ data }) => data).join("");

/** How many units of the paragraph's text stand before a point in it. */
function unitsBefore(paragraph, node, offset) {
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  let units = 0;
  for (const text of textsOf(paragraph)) {
    if (text === node) return units + offset;
    if (before.comparePoint(text, text.length) > 0) return units;
    units += text.length;
  }
  return units;
}

/** No sign cut apart, whole words, no spaces at the ends. */
function snapped(text, from, to) {
  const lang = document.querySelector(".essay").lang || undefined;
  for (const granularity of ["grapheme", "word"]) {
    const parts = new Intl.Segmenter(lang, { granularity }).segment(text);
    const first = parts.containing(from);
    const last = to > from ? parts.containing(to - 1) : null;
    if (first && (granularity === "grapheme" || first.isWordLike)) from = Math.min(from, first.index);
    if (last && (granularity === "grapheme" || last.isWordLike)) to = last.index + last.segment.length;
  }
  const piece = text.slice(from, to);
  return [from + piece.length - piece.trimStart().length, from + piece.trimEnd().length];
}

/** What a range chooses: { start, end } in code points, and its words. Null where it begins outside the text. */
export function chosenIn(range) {
  const all = paragraphs();
  const first = all.findIndex((paragraph) => paragraph.contains(range.startContainer));
  const last = all.findLastIndex((paragraph) => range.comparePoint(paragraph, 0) <= 0);
  if (first < 0 || last < first) return null;
  const [opens, closes] = [all[first], all[last]];
  const inside = closes.contains(range.endContainer);
  let from = unitsBefore(opens, range.startContainer, range.startOffset);
  let to = inside ? unitsBefore(closes, range.endContainer, range.endOffset) : wordsOf(closes).length;
  if (first === last) {
    [from, to] = snapped(wordsOf(opens), from, to);
    return from < to ? chosen(all, [first, from], [first, to]) : null;
  }
  if (!to) return chosenIn(until(range, all[last - 1]));
  [from] = snapped(wordsOf(opens), from, wordsOf(opens).length);
  [, to] = snapped(wordsOf(closes), 0, to);
  return chosen(all, [first, from], [last, to]);
}

/** `range`, ending where `paragraph` does. */
function until(range, paragraph) {
  const shorter = range.cloneRange();
  shorter.setEnd(paragraph, paragraph.childNodes.length);
  return shorter;
}

function chosen(all, [first, from], [last, to]) {
  const point = (at, units) => Number(all[at].dataset.start) + pointsIn(wordsOf(all[at]).slice(0, units));
  const blocks = [...document.querySelectorAll(BLOCK)];
  const words = blocks.slice(blocks.indexOf(all[first]), blocks.indexOf(all[last]) + 1).map((block) => {
    const text = wordsOf(block);
    return text.slice(block === all[first] ? from : 0, block === all[last] ? to : text.length);
  });
  return { start: point(first, from), end: point(last, to), words: words.join("\n\n") };
}

/** Where the text is at a place counted in code points: [node, units]. */
function pointAt(place, isEnd) {
  const all = paragraphs();
  const paragraph = all.findLast(({ dataset }) => Number(dataset.start) + (isEnd ? 1 : 0) <= place) ?? all[0];
  let units = unitsIn(wordsOf(paragraph), place - Number(paragraph.dataset.start));
  for (const text of textsOf(paragraph)) {
    if (units < text.length || (isEnd && units === text.length)) return [text, units];
    units -= text.length;
  }
  return [paragraph, paragraph.childNodes.length];
}

export function rangeOf({ start, end }) {
  const range = document.createRange();
  range.setStart(...pointAt(start, false));
  range.setEnd(...pointAt(end, true));
  return range;
}

/** Every sentence of the text, in order: { start, end } in code points. */
export function sentences() {
  return paragraphs().flatMap((paragraph) => {
    let place = Number(paragraph.dataset.start);
    const found = [];
    for (const node of nodesOf(paragraph)) {
      if (isText(node)) place += pointsIn(node.data);
      else if (node.id.startsWith("sentence-")) found.push({ start: place, end: place });
      if (isText(node) && node.data.trim() && found.length) found.at(-1).end = place - pointsIn(node.data) + pointsIn(node.data.trimEnd());
    }
    return found;
  });
}
