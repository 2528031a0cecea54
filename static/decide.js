// Decisions and deliverables: what only a browser can do.
"use strict";
