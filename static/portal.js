// The client's pages, and the drawing of a timeline: what only a browser can do.
"use strict";

// Beside the board the client's page hears of what happens there, so that what becomes
// hidden or shown turns into a ghost, or back: no push tells a client's page of it.
{
  const board = document.querySelector('.twin #region-board')?.parentElement;
  let soon;
  const tell = () => { clearTimeout(soon); soon = setTimeout(() => document.querySelector('#glance iframe')?.contentWindow.dispatchEvent(new Event('haunt')), 300); };
  if (board) new MutationObserver(tell).observe(board, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });

  addEventListener('haunt', async () => {
    if (!document.querySelector('.haunt')) return;
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const place of document.querySelectorAll('.haunt')) {
      const other = now.getElementById(place.id);
      if (other && other.innerHTML !== place.innerHTML && !place.contains(document.activeElement)) place.replaceChildren(...other.childNodes);
    }
  });
}

// A bill counts as seen once it is on a screen that somebody looks at.
{
  const opened = document.querySelector('[data-opened]');
  const tell = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', tell);
    fetch(opened.dataset.opened, { method: 'POST', keepalive: true, redirect: 'manual' }).catch(() => null);
  };
  if (opened) { document.addEventListener('visibilitychange', tell); tell(); }
}
