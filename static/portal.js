// The client's pages, and the drawing of a timeline: what only a browser can do.
"use strict";
