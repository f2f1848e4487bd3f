// The one script that pages link to. Each part listens on the document and adds to what already works without it.
import "./status.js";
import "./menu.js";
import "./composer.js";
import "./boxes.js";
import "./keyboard.js";
import "./outline.js";
import "./map.js";
import "./copy.js";
