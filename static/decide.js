// Decisions and deliverables: what only a browser can do.
"use strict";
/* What somebody reads to answer it stays where it is when something else is asked meanwhile: its buttons go, and a line
   says why. #region-ask tells what is asked now, and whether the reader has to answer it. */
(() => {
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = selector => document.querySelectorAll(selector);

  function compare() {
    const now = one('#region-ask'), form = one('form.answer[data-edition]'), asked = one('[data-asked]') ?? form;
    if (!now || !asked) return;
    const stale = asked.dataset.edition !== now.dataset.edition, ended = !stale && !!form && now.dataset.open !== '1';
    const lost = document.activeElement?.closest('[data-answers]');
    for (const part of all('[data-answers]')) part.hidden = stale || ended;
    for (const choice of all('form.answer [type=radio]')) choice.disabled = stale || ended;
    // The box goes with its form, unless something is written in it.
    for (const part of all('[data-goes]')) part.hidden = ended && !one('textarea', part)?.value;
    for (const line of all('[data-stale]')) {
      const words = stale ? line.dataset.stale.replace('{n}', now.dataset.edition) : ended ? line.dataset.ended : '', text = one('span', line), link = one('a', line);
      line.hidden = !words;
      if (link) link.hidden = !stale;
      if (!words || text.textContent === words) continue;
      line.role = 'alert';
      text.textContent = words;
      if (!lost) continue;  // the button that had the focus is gone
      line.tabIndex = -1;
      line.focus({ preventScroll: true });
    }
  }
  document.addEventListener('DOMContentLoaded', compare);
  document.addEventListener('htmx:after:swap', compare);

  /* What is written to a question outlives the page: it is there again when the question is read again. */
  const kept = 'answer ' + document.body.dataset.me + ' ' + location.pathname, box = () => one('form.answer[data-edition] #comment');
  let sent = false;
  document.addEventListener('submit', event => { sent = event.target.matches('form.answer') && !event.defaultPrevented; });
  addEventListener('pagehide', () => {
    try {
      if (box()?.value && !sent) sessionStorage.setItem(kept, box().value);
      else if (box()) sessionStorage.removeItem(kept);
    } catch { /* without it the words are lost with the page */ }
  });
  document.addEventListener('DOMContentLoaded', () => {
    try {
      if (box() && !box().value && !document.body.matches('.previewed')) box().value = sessionStorage.getItem(kept) ?? '';
    } catch { /* nothing was kept */ }
  });

  /* Enter on a choice would sign: only the button does. */
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.matches?.('form.answer [type=radio]')) event.preventDefault();
  });
})();

document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) print();
});
