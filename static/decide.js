// Decisions and deliverables: what only a browser can do.
"use strict";
/* What somebody is about to answer stays where it is when something else is asked meanwhile: its buttons go, and a line
   says why. #region-ask tells what is asked now. */
(() => {
  function compare() {
    const now = document.querySelector('#region-ask');
    const form = document.querySelector('form.answer[data-edition]');
    if (!now || !form) return;
    const stale = form.dataset.edition !== now.dataset.edition, over = stale || now.dataset.open !== '1';
    for (const button of document.querySelectorAll('[data-answers]')) button.hidden = over;
    for (const line of document.querySelectorAll('[data-stale]')) {
      const words = stale ? line.dataset.stale.replace('{n}', now.dataset.edition) : line.dataset.ended;
      line.hidden = !over;
      if (over && line.querySelector('span').textContent !== words) {
        line.role = 'alert';
        line.querySelector('span').textContent = words;
      }
    }
  }
  document.addEventListener('DOMContentLoaded', compare);
  document.addEventListener('htmx:after:swap', compare);
})();


document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) print();
});
