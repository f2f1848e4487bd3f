// The one script that pages link to. Each part listens on the document and adds to what already works without it.
import "./status.js";
import "./menu.js";
import "./composer.js";
import "./boxes.js";
import "./keyboard.js";
import "./outline.js";
import "./map.js";
import "./explore.js";
import "./copy.js";
import "./printing.js";
import "./draft.js";
import "./dropping.js";
import "./visit.js";
import "./polling.js";
if (document.getElementById("essay-words")) import("./essay.js");
if (document.querySelector(".presentation")) import("./presenting.js");
