/* What HTML cannot do by itself: keep a page live, ask before something is lost. Every page works without
   it. It holds no words: what it shows or says stands in data attributes, in the reader's language. */
(() => {
'use strict';

const html = document.documentElement;
const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const textOf = row => row.textContent.replace(/\s+/g, ' ').trim();
const on = (event, handle, options) => document.addEventListener(event, handle, options);
const fill = (text, values) => (text ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const stop = event => { event.preventDefault(); event.stopImmediatePropagation(); };
const mine = new Map();  // tasks that this person has just moved: until when

/* What the script of one kind of page may use. drawings: how often a board was drawn by the server. busy: what a frame
   has to wait for, null for nothing. */
const shared = window.vitrine = { one, all, on, fill, stop, say, textOf, mine, drawings: 0, busy: () => null };

/* ---- The status line: one sentence at a time, for eyes only when something went wrong ---- */

const changed = new Set();  // tasks that changed since the line last spoke
const arrived = [];         // sentences about new messages
let spokenAt = 0, speaking = 0, showing = 0;

function say(sentence, wrong = false) {
  const line = one('#status');
  if (!line || !sentence) return;
  spokenAt = Date.now();
  line.textContent = '';  // the same sentence twice is spoken twice
  setTimeout(() => { line.textContent = sentence; }, 60);
  clearTimeout(showing);
  line.classList.toggle('sr', !wrong);
  line.classList.toggle('toast', wrong);
  if (wrong) showing = setTimeout(() => { line.classList.replace('toast', 'sr'); }, 8000);
}

function sayChanges() {
  if (!changed.size && !arrived.length) return;
  speaking ||= setTimeout(() => {
    const words = one('#status')?.dataset ?? {}, n = changed.size;
    const tasks = n ? [n === 1 ? words.one : fill(words.many, { n })] : [];
    say([...tasks, ...arrived].filter(Boolean).join('. '));
    speaking = 0;
    changed.clear();
    arrived.length = 0;
  }, Math.max(300, spokenAt + 5000 - Date.now()));
}

/* ---- The connection, and the mark that tells of it ---- */

let connection = null;         // hx-ws's own; its url outlives each attempt
let opened = false, live = false, refused = 0;
let lostAt = Date.now();       // until then the page is known to be right
let shownAt = Date.now();      // a page in the background is not connected, and need not be
let changedAt = 0, heardAt = 0, shownState = '', ticking = 0, gaveUp = false;

function clock(at) {
  const zone = document.body.dataset.zone || undefined;
  return new Intl.DateTimeFormat(html.lang || undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at);
}

function showLive() {
  const line = one('#live');
  if (!line) return;
  const silent = Date.now() - Math.max(lostAt, shownAt);
  const state = live ? 'live' : gaveUp || silent > 120000 ? 'off' : silent > 5000 ? 'wait' : shownState;
  const key = state + (live ? changedAt : '');
  if (!state || line.dataset.state === key) return;
  shownState = state;
  line.dataset.state = key;
  line.hidden = false;
  line.classList.toggle('wait', state === 'wait');
  line.classList.toggle('off', state === 'off');
  one('b', line).textContent = line.dataset[state];
  const words = one('span', line);
  const sees = fill(line.dataset.sees, { time: clock(lostAt) });
  words.textContent = state === 'wait' ? sees : changedAt ? fill(line.dataset.last, { time: clock(changedAt) }) : '';
  if (state === 'off') {
    const again = document.createElement('a');
    again.href = location.pathname + location.search;
    again.textContent = line.dataset.again;
    again.addEventListener('click', event => { event.preventDefault(); location.reload(); });
    words.replaceChildren(sees + '. ', again);
  }
}

function setLive(yes) {
  if (live && !yes) lostAt = Date.now();
  live = yes;
  if (yes) gaveUp = false;
  ticking ||= setInterval(watch, 1000);
  showLive();
}

/** A line that has gone dead says nothing, not even that it closed. A server that promises a beat (data-beat, in
    seconds) and misses two is taken as gone. */
function watch() {
  const beat = Number(one('#socket')?.dataset.beat) * 1000;
  if (live && beat && Date.now() - heardAt > 2.5 * beat) hangUp();
  if (!live) showLive();
}

function hangUp() {
  opened = false;
  setLive(false);
  connection?.socket?.close();
}

/** Tells the server what this page shows, so that it sends what is missing. */
function stamp() {
  if (!connection) return;
  const url = new URL(connection.url);
  url.searchParams.set('v', one('#version')?.getAttribute('value') ?? '');
  connection.url = url.href;
}

/** Loads the page again, at most once a minute: what a second load would not mend must not spin. */
// After a moment: whoever just pressed Stop viewing or Sign out is on the way to another page.
function loadAgain() {
  let last = 0;
  try {
    last = Number(sessionStorage.getItem('loaded-again'));
    sessionStorage.setItem('loaded-again', Date.now());
  } catch { last = Date.now(); }
  setTimeout(() => location.reload(), Math.max(400, Math.min(60000, last + 60000 - Date.now())));
}

const typed = () => all('textarea, input:not([type="hidden"], [type="checkbox"], [type="radio"])').some(field => field.value !== field.defaultValue);

/** Three refusals in a row while the server is well: this page no longer fits it (a new program, an ended login). */
async function doubt(weight) {
  const well = await fetch('/healthz', { cache: 'no-store' }).then(answer => answer.ok, () => false);
  refused = well && !live ? refused + weight : 0;
  if (refused < 3) return;
  refused = 0;
  if (!typed()) return loadAgain();
  gaveUp = true;  // somebody is writing: say it and let them choose
  showLive();
}

on('htmx:ws:before:connection', event => { connection = event.detail.connection; stamp(); });
on('htmx:ws:after:connection', event => {
  connection = event.detail.connection;
  opened = true;
  refused = 0;
  heardAt = Date.now();
  // The first frame says that the page has caught up; a server with nothing to add may stay silent.
  setTimeout(() => { if (opened) setLive(true); }, 1000);
});
on('htmx:ws:before:message:incoming', () => { heardAt = Date.now(); });
on('htmx:ws:after:message:incoming', () => { stamp(); if (opened) setLive(true); });
addEventListener('offline', hangUp);
on('htmx:ws:close', event => {
  if (event.detail.reason !== 'closed') return;
  if (event.detail.code === 1008) return loadAgain();
  const last = !document.hidden && !connection?.config.reconnectCodes.includes(event.detail.code);  // hx-ws will not try again
  if (last || !opened) doubt(last ? 3 : 1);
  opened = false;
  setLive(false);
});
on('visibilitychange', () => {
  if (document.hidden) return;
  shownAt = Date.now();
  stamp();  // hx-ws reconnects now, without asking before:connection
  showLive();
}, true);
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
on('DOMContentLoaded', () => {
  const socket = one('#socket');
  if (!socket) return;
  setLive(false);
  // htmx may have looked over the page before hx-ws had arrived; looking twice does no harm.
  htmx.process(socket);
});

/* ---- What a frame may not disturb ---- */

const kept = ['just-changed', 'mine', 'dragging'];  // classes that are ours, not the server's

htmx.registerExtension('vitrine', {
  htmx_before_morph_attr(element, { attrName, newValue }) {
    if (attrName === 'open' && element.matches('details, dialog')) return false;
    if (attrName === 'style' && element.matches('.dragging')) return false;
    if (attrName === 'class') {
      const own = kept.filter(name => element.classList.contains(name));
      if (!own.length) return true;
      element.setAttribute('class', [newValue ?? '', ...own].join(' ').trim());
      return false;
    }
    // The attribute alone does not change a box that somebody has already ticked.
    if (attrName === 'checked' || attrName === 'selected') element[attrName] = newValue !== null;
    return true;
  },
});

/** The field that somebody is writing in and that this frame would take away. */
function disturbed(frame) {
  const field = document.activeElement;
  if (!field?.matches('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"])')) return null;
  const region = field.closest('[id^="region-"]');
  if (!region || !frame.includes(`#${region.id}"`)) return null;
  return field.id && frame.includes(`id="${field.id}"`) ? null : field;  // a field that comes back by its id is kept by the morph
}

async function untilCalm(frame) {
  for (;;) {
    const field = disturbed(frame), busy = shared.busy();
    if (busy) await busy;
    else if (field) await new Promise(done => { field.addEventListener('blur', done, { once: true }); setTimeout(done, 1000); });
    else return;
  }
}
on('htmx:ws:before:message:incoming', event => event.detail.waitUntil(untilCalm(String(event.detail.message.data))));

/** Where the focus is, told so that it can be found again where a browser loses it when its element is moved. */
function focusPlace() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const row = element.closest('[id]');
  return { element, id: row?.id, index: row ? controls(row).indexOf(element) : -1 };
}
const controls = row => [row, ...all('a, button, input, select, textarea, summary', row)];

function restoreFocus(place) {
  if (!place || document.activeElement !== document.body && document.activeElement) return;
  const row = place.id && document.getElementById(place.id);
  const element = place.element.isConnected ? place.element : row && controls(row)[place.index];
  element?.focus({ preventScroll: true });
}

/* ---- After a frame: what has changed is shown once, and said ---- */

const seen = new WeakMap();      // a swap's context: how its regions looked before
const fading = new WeakMap();

const rows = '[id^="task-"], .log > li, .msg';
const rowsOf = regions => regions.flatMap(region => [...(region.matches(rows) ? [region] : []), ...all(rows, region)]);
const lookOf = row => [textOf(row), row.dataset.kind, row.closest('[data-column]')?.dataset.column].join('\n');

on('htmx:before:swap', ({ detail: { ctx, tasks } }) => {
  const regions = tasks.filter(task => task.swapSpec?.style !== 'none').map(task => task.target).filter(target => target instanceof Element && target.id !== 'version');
  const looks = new Map(), texts = new Set();
  if (ctx.sourceElement?.id === 'socket') {
    for (const row of rowsOf(regions)) row.id ? looks.set(row.id, lookOf(row)) : texts.add(textOf(row));
    if (regions.length) changedAt = Date.now();
  }
  seen.set(ctx, { regions: regions.map(region => region.id), looks, texts, focus: focusPlace() });
});

on('htmx:after:swap', ({ detail: { ctx } }) => {
  const note = one('.write.note');
  if (note && !one('.write[open]')) note.open = true;  // after a reply was sent: the note is what is open by default
  const before = seen.get(ctx);
  if (!before) return;
  restoreFocus(before.focus);
  markMine();
  const regions = before.regions.map(id => id && document.getElementById(id)).filter(Boolean);
  if (regions.some(region => one('[data-column]', region))) shared.drawings++;
  if (ctx.sourceElement?.id !== 'socket') return;
  const me = document.body.dataset.me;
  const fresh = rowsOf(regions).filter(row => row.id ? before.looks.get(row.id) !== lookOf(row) : !before.texts.has(textOf(row)))
    .filter(row => !(mine.get(row.id) > Date.now()) && !(me && row.dataset.author === me));
  for (const row of fresh) {
    flash(row);
    if (row.id.startsWith('task-')) changed.add(row.id);
  }
  announce(fresh.filter(row => row.matches('[data-new-one] .msg') && !before.looks.has(row.id)));
  sayChanges();
});

function flash(row) {
  clearTimeout(fading.get(row));
  if (row.classList.contains('just-changed')) {
    row.classList.remove('just-changed');
    void row.offsetWidth;  // so that a second change begins the fade anew
  }
  row.classList.add('just-changed');
  fading.set(row, setTimeout(() => {
    row.classList.remove('just-changed');
    if (!row.classList.length) row.removeAttribute('class');
  }, 3300));
}

/** Regions are drawn once for all readers, so each page finds its reader's own words itself. */
function markMine() {
  const me = document.body.dataset.me;
  if (!me) return;
  for (const message of all('.msg[data-author]')) message.classList.toggle('mine', message.dataset.author === me);
}
on('DOMContentLoaded', markMine);

let unread = [], bell = null;
const sight = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) quietBell(); });

function announce(messages) {
  if (!messages.length) return;
  const words = messages[0].closest('[data-new-one]').dataset;
  const sentence = n => n === 1 ? words.newOne : fill(words.newMany, { n });
  arrived.splice(0, arrived.length, sentence(messages.length));
  const end = messages.at(-1).getBoundingClientRect();
  if (end.top < innerHeight && end.bottom > 0) return;  // the reader is there
  unread = [...unread.filter(message => message.isConnected), ...messages];
  bell ??= document.body.appendChild(document.createElement('a'));
  bell.className = 'toast';
  bell.textContent = sentence(unread.length);
  bell.href = '#' + unread[0].id;
  bell.onclick = quietBell;
  unread.forEach(message => sight.observe(message));
}

function quietBell() {
  sight.disconnect();
  bell?.remove();
  bell = null;
  unread = [];
}

/* ---- Menus, theme, forms ---- */

const closeMenus = except => all('details.menu[open]').forEach(menu => { if (!menu.contains(except)) menu.open = false; });
on('click', event => closeMenus(event.target));
on('focusin', event => closeMenus(event.target));
on('keydown', event => {
  if (event.key === 'Escape') {
    const menu = event.target.closest?.('details.menu[open]');
    closeMenus(null);
    if (menu) one('summary', menu).focus();
  }
  // A note may be saved by key. Nothing sends a reply but its button.
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.closest?.('.write.note form')?.requestSubmit();
});

on('submit', event => {
  const form = event.target, button = event.submitter;
  if (form.getAttribute('action') !== '/theme' || !button) return;
  stop(event);
  if (['light', 'dark'].includes(button.value)) html.dataset.theme = button.value;
  else delete html.dataset.theme;
  all('[aria-pressed]', form).forEach(choice => choice.setAttribute('aria-pressed', choice === button));
  const body = new URLSearchParams(new FormData(form, button));
  fetch('/theme', { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
}, true);

const agreed = new WeakSet(), sending = new WeakSet();

on('submit', event => {
  const form = event.target, button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !agreed.delete(form)) {
    stop(event);
    return ask(question, form, button);
  }
  if (form.getAttribute('method')?.toLowerCase() !== 'post') return;
  if (sending.has(form)) return stop(event);
  sending.add(form);
  form.setAttribute('aria-busy', 'true');
  setTimeout(() => release(form), 15000);  // an answer that is a file leaves the page where it is
}, true);

function release(form) {
  sending.delete(form);
  form.removeAttribute('aria-busy');
}

function ask(question, form, button) {
  const dialog = one('#confirm'), more = one('p', dialog);
  one('h2', dialog).textContent = question;
  more.textContent = form.dataset.more ?? '';
  more.hidden = !more.textContent;
  one('[value="yes"]', dialog).textContent = button?.dataset.yes ?? (button ? textOf(button) : '');
  dialog.returnValue = '';
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'yes' || !form.isConnected) return button?.focus();
    agreed.add(form);
    form.requestSubmit(button?.isConnected ? button : null);
  }, { once: true });
  dialog.showModal();
}

on('htmx:finally:request', ({ detail: { ctx } }) => {
  const form = ctx.sourceElement?.closest?.('form'), status = ctx.response?.status ?? 0;
  if (!form) return;
  release(form);
  if (status && status < 400) { if (form.matches('[data-clear]')) form.reset(); }
  else if (!status || ctx.swap === 'none') say(one('#status')?.dataset.failed, true);  // the text is still in its field
});
})();
