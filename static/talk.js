/* What happens in a conversation's boxes while somebody writes. */
(() => {
  'use strict';
  const all = selector => [...document.querySelectorAll(selector)];

  /* How long a held reply can still be taken back; the time of day stands beside it. A clock that goes
     wrong is set right by the server's answers. */
  let ahead = 0;
  function tick() {
    for (const left of all('.held-for [data-left]')) {
      const until = Date.parse(left.parentElement.querySelector('time')?.dateTime ?? '');
      const n = Math.ceil((until - Date.now() - ahead) / 1000);
      left.textContent = n > 0 && n < 3600 ? '(' + left.dataset.left.replace('{n}', n) + ')' : '';
    }
  }
  document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
    const date = Date.parse(ctx.response?.headers?.get?.('Date') ?? '');
    if (date) ahead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
  });
  setInterval(tick, 1000);
  document.addEventListener('DOMContentLoaded', () => {
    tick();
    // The box was asked for once, by the address; loading the page again does not open it.
    const here = new URL(location.href);
    if (here.searchParams.has('box')) {
      here.searchParams.delete('box');
      history.replaceState(history.state, '', here);
    }
  });
})();
