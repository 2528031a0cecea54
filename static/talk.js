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
    for (const clock of all('[data-since]')) {
      const minutes = Math.max(1, Math.round((Date.now() + ahead - Date.parse(clock.dataset.since)) / 60000));
      clock.lastElementChild.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    }
  }
  document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
    const date = Date.parse(ctx.response?.headers?.get?.('Date') ?? '');
    if (date) ahead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
  });
  setInterval(tick, 1000);
  /* What was taken back is there to be written on. A box that is put beside an open one of the same name
     would stay closed. */
  document.addEventListener('htmx:after:swap', () => {
    const box = document.querySelector('#write-reply[data-back]');
    if (!box) return;
    box.removeAttribute('data-back');
    box.open = true;
    box.querySelector('textarea')?.focus();
  });
  /* What others say comes in above the box: it stays where it is on the screen while somebody writes in it. */
  const fromOthers = event => event.detail.ctx?.sourceElement?.id === 'socket';
  let writing = null;
  document.addEventListener('htmx:before:swap', event => {
    const box = document.activeElement, { top, bottom } = box.getBoundingClientRect();
    writing = fromOthers(event) && box.matches('textarea') && bottom > 0 && top < innerHeight ? { box, top } : null;
  });
  document.addEventListener('htmx:after:swap', event => {
    if (fromOthers(event) && writing?.box === document.activeElement) scrollBy(0, writing.box.getBoundingClientRect().top - writing.top);
  });
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


/* ---- A box keeps what is typed into it, and only that ---- */

(() => {
const on = (event, handle, options) => document.addEventListener(event, handle, options);
const boxes = () => [...document.querySelectorAll('form[data-draft]')];
const textIn = form => form.elements.body;
const stored = new WeakMap();   // a textarea: the text that the server has, where that is not what it began with
const waiting = new WeakMap();  // a form: its timer
const onTheWay = new WeakMap(); // a form: what can call back its last request
const sending = new WeakSet();  // forms that are being sent: their draft ends with them
const changed = text => text.value !== (stored.has(text) ? stored.get(text) : text.defaultValue);

function soon(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keep(form), 1200));
}

async function keep(form, leaving = false) {
  const text = textIn(form), value = text.value;
  clearTimeout(waiting.get(form));
  if (sending.has(form) || !changed(text) || document.body.matches('.previewed')) return;
  onTheWay.get(form)?.abort();
  const call = new AbortController(), body = new FormData(), before = stored.has(text) ? stored.get(text) : text.defaultValue;
  body.append('body', value);
  onTheWay.set(form, call);
  stored.set(text, value);
  try {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: leaving, redirect: 'manual', signal: call.signal });
    if (answer.status !== 204) throw new Error();
    text.defaultValue = value;  // it is safe: the page may be loaded again
    for (const line of (form.closest('.write') ?? form).querySelectorAll('[data-kept]')) line.hidden = !value;
  } catch {
    if (!call.signal.aborted && stored.get(text) === value) stored.set(text, before);
  }
}

on('input', event => { const form = event.target.closest?.('form[data-draft]'); if (form && event.target === textIn(form)) soon(form); });
const leave = () => boxes().forEach(form => keep(form, true));
addEventListener('pagehide', leave);
on('visibilitychange', () => { if (document.hidden) leave(); });

on('submit', event => {
  const form = event.target;
  if (!form.matches('[data-draft]')) return;
  clearTimeout(waiting.get(form));
  onTheWay.get(form)?.abort();
  sending.add(form);
  setTimeout(() => sending.delete(form), 15000);
});
on('htmx:finally:request', ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!sending.delete(form) || !form.isConnected) return;
  stored.set(textIn(form), null);  // it was not taken: what is typed may be more than what is kept
  soon(form);
});
/** A refused text stands in its box again, and is kept like any other. */
function keepRefused() {
  for (const form of boxes()) {
    const text = textIn(form);
    if (!text.matches('[aria-invalid]') || stored.has(text)) continue;
    stored.set(text, null);
    soon(form);
  }
}
on('htmx:after:swap', keepRefused);
keepRefused();

/* ---- The box of a reply opens for a press and for nothing else: not for an address, not for a search in the page ---- */

const pressed = new WeakSet();
function shut(reply) {
  if (!reply?.open || pressed.has(reply) || reply.matches('[data-open]')) return;
  reply.open = false;
  const note = document.querySelector('.write.note');
  if (note) note.open = true;
}
on('click', event => {
  const details = event.target.closest?.('summary')?.parentElement;
  if (details?.matches('.write')) pressed.add(details);
  const kind = event.target.closest?.('[data-quotes]')?.dataset.quotes;
  const box = kind && document.getElementById('write-' + kind);
  if (kind) setTimeout(() => {
    event.target.closest('details.menu')?.removeAttribute('open');
    if (box) { pressed.add(box); box.open = true; }
    (box ? document.getElementById(kind) : document.getElementById('body'))?.focus();
  });
}, true);
on('toggle', event => { if (event.target.matches?.('.write.reply')) shut(event.target); }, true);
shut(document.querySelector('.write.reply'));

/** Enter in a field of a form sends it, unless somebody says no. A reply goes out by its button alone. */
for (const kind of ['keydown', 'keypress']) on(kind, event => {
  if (event.key === 'Enter' && event.target.matches?.('.write.reply input:not([type="file"]), #reply-box input:not([type="file"])')) event.preventDefault();
});

/* ---- People, suggested after an @ ---- */

let list = null, asked = null, chosen = false;

function closeList() {
  asked?.abort();
  const text = list?.previousElementSibling;
  text?.removeAttribute('aria-activedescendant');
  text?.removeAttribute('aria-controls');
  list?.remove();
  list = null;
}

function mark(option) {
  for (const other of list.children) other.setAttribute('aria-selected', other === option);
  list.previousElementSibling.setAttribute('aria-activedescendant', option.id);
}

const begun = text => /(?:^|[\s([{"'])@([^\s@]*(?: [^\s@]+)?)$/u.exec(text.value.slice(0, text.selectionEnd));

async function suggest(text, form) {
  const typed = begun(text);
  closeList();
  if (!typed || typed[1].length > 60) return;
  const call = asked = new AbortController();
  try {
    await new Promise(done => setTimeout(done, 120));
    if (call.signal.aborted) return;
    const answer = await fetch(form.dataset.mentions + '?q=' + encodeURIComponent(typed[1]), { redirect: 'manual', signal: call.signal });
    const page = answer.ok ? await answer.text() : '';
    if (call.signal.aborted || !page || document.activeElement !== text) return;
    text.insertAdjacentHTML('afterend', page);
    list = text.nextElementSibling;
    if (!list.firstElementChild) return closeList();
    text.setAttribute('aria-controls', list.id);
    mark(list.firstElementChild);
  } catch { /* without a list the name can be typed */ }
}

function choose(option) {
  const text = list.previousElementSibling, typed = begun(text), name = option.dataset.name;
  closeList();
  if (!typed) return;
  text.setRangeText('@' + name + ' ', text.selectionEnd - typed[1].length - 1, text.selectionEnd, 'end');
  chosen = true;
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

on('input', event => {
  const text = event.target, form = text.closest?.('form[data-mentions]');
  if (chosen) { chosen = false; return; }
  if (form && text === textIn(form)) suggest(text, form);
});
on('keydown', event => {
  if (!list || event.target !== list.previousElementSibling) return;
  const options = [...list.children], now = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(options[(now + step + options.length) % options.length]);
  else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && now >= 0) choose(options[now]);
  else if (event.key === 'Escape') closeList();
  else return;
  event.preventDefault();
});
on('pointerdown', event => {
  const option = event.target.closest?.('.mentions > li');
  if (!option || !list) return;
  event.preventDefault();
  choose(option);
});
on('focusout', event => { if (list && event.target === list.previousElementSibling) closeList(); });
})();

(() => {
  'use strict';

  /* ---- Seen: which replies of others were on this screen, while the page was looked at ---- */

  const onScreen = new Set();
  const eyes = new IntersectionObserver(entries => {
    for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
      const seen = isIntersecting && (intersectionRatio >= .5 || intersectionRect.height >= innerHeight / 2);
      onScreen[seen ? 'add' : 'delete'](target);
    }
    soon();
  }, { threshold: [0, .25, .5, .75, 1] });
  let waiting = 0, toldOf = '';

  function watch() {
    if (document.body.matches('.previewed')) return;  // looking through somebody counts for nobody
    for (const message of document.querySelectorAll('[data-seen] > .msg[id]')) eyes.observe(message);
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 700);  // a page that is scrolled past is not read
  }

  async function tell() {
    const all = [...document.querySelectorAll('[data-seen] > .msg[id]:not(.mine)')];
    const newest = all.findLast(message => onScreen.has(message));
    if (!newest || document.visibilityState !== 'visible') return;
    const told = all.findIndex(message => message.id === toldOf);
    if (told >= all.indexOf(newest)) return;
    const before = toldOf;
    toldOf = newest.id;
    const body = new URLSearchParams({ reply: newest.id.slice('reply-'.length) });
    const answer = await fetch(newest.parentElement.dataset.seen, { method: 'POST', body, keepalive: true, redirect: 'manual' }).catch(() => null);
    if (!answer?.ok) toldOf = before;
  }

  document.addEventListener('visibilitychange', soon);
  document.addEventListener('DOMContentLoaded', watch);
  document.addEventListener('htmx:after:swap', watch);
})();

/* Files that are chosen, pasted or dropped go to the row below the box, one after the other, before anything is sent. */
(() => {
  'use strict';
  const on = (event, handle) => document.addEventListener(event, handle, true);
  const rowOf = place => place?.closest?.('form')?.querySelector('.attach');
  const busy = new Set();  // ids of rows whose files are on their way
  const tellIn = (row, sentence) => {
    const line = document.createElement('p');
    line.className = 'error';
    line.role = 'alert';
    line.textContent = sentence;
    row.append(line);
  };

  /** Sends one file and puts the row as the server has it then into the place of the old one. */
  const send = (id, file) => new Promise(done => {
    const row = document.getElementById(id), request = new XMLHttpRequest(), form = new FormData();
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.ariaLabel = row.dataset.sending + ': ' + file.name;
    row.append(bar);
    form.append('file', file, file.name);
    request.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onload = () => {
      const made = document.createElement('template');
      made.innerHTML = request.responseText;
      const fresh = made.content.querySelector('#' + id), place = document.getElementById(id);
      if (!fresh || !place) return done(row.dataset.lost);
      place.replaceWith(fresh);
      htmx.process(fresh);
      done(request.status < 400 ? '' : fresh.querySelector('.error')?.textContent);
    };
    request.onerror = request.onabort = () => done(row.dataset.lost);
    request.open('POST', row.dataset.to);
    request.setRequestHeader('HX-Request', 'true');
    request.send(form);
  });

  async function sendAll(row, files) {
    if (!row || busy.has(row.id)) return;
    const id = row.id, wrong = [];
    busy.add(id);
    row.querySelectorAll('.error').forEach(line => line.remove());
    for (const file of files) {
      const told = file.size > Number(row.dataset.limit) ? row.dataset.large : await send(id, file);
      if (told) wrong.push(file.name + ': ' + told);
    }
    busy.delete(id);
    const last = document.getElementById(id);
    last?.querySelectorAll('progress, .error').forEach(line => line.remove());
    if (last) wrong.forEach(sentence => tellIn(last, sentence));
  }

  const filesOf = from => [...(from?.files ?? [])];
  on('change', event => {
    if (!event.target.matches?.('.attach input[type="file"]')) return;
    const files = filesOf(event.target);
    event.target.value = '';
    sendAll(rowOf(event.target), files);
  });
  on('paste', event => {
    const files = filesOf(event.clipboardData), row = event.target.matches?.('textarea') && rowOf(event.target);
    if (!row || !files.length || event.clipboardData.types.includes('text/plain')) return;  // a table comes as a picture as well
    event.preventDefault();
    sendAll(row, files);
  });
  const dropping = event => event.dataTransfer?.types.includes('Files') ? event.target.closest?.('form:has(.attach)') : null;
  const mark = form => document.querySelectorAll('.dropping').forEach(one => one.classList.toggle('dropping', one === form));
  on('dragover', event => {
    const form = dropping(event);
    mark(form);
    if (!form) return;
    event.preventDefault();
    form.classList.add('dropping');
  });
  on('dragend', () => mark(null));
  on('dragleave', event => { if (!event.relatedTarget) mark(null); });
  on('drop', event => {
    const form = dropping(event);
    mark(null);
    if (!form) return;
    event.preventDefault();
    sendAll(form.querySelector('.attach'), filesOf(event.dataTransfer));
  });
  /* What is sent while a file is on its way would go without it. */
  on('submit', event => {
    const row = rowOf(event.target.querySelector?.('.attach'));
    if (!row || !busy.has(row.id)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tellIn(row, row.dataset.wait);
  });
})();
