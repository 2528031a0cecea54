/* What HTML cannot do by itself: keep a page live, drag cards, ask before something is lost. Every page works without
   it. It holds no words: what it shows or says stands in data attributes, in the reader's language. */
(() => {
'use strict';

const html = document.documentElement;
const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const on = (event, handle, options) => document.addEventListener(event, handle, options);
const fill = (text, values) => (text ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const stop = event => { event.preventDefault(); event.stopImmediatePropagation(); };

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
    const field = disturbed(frame);
    if (drag?.gap) await drag.over;
    else if (moves) await lastMove;
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
const mine = new Map();          // tasks that this person has just moved: until when
let drawings = 0;                // how often a board was drawn by the server

const rows = '[id^="task-"], .log > li, .msg';
const rowsOf = regions => regions.flatMap(region => [...(region.matches(rows) ? [region] : []), ...all(rows, region)]);
const textOf = row => row.textContent.replace(/\s+/g, ' ').trim();
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
  if (regions.some(region => one('[data-column]', region))) drawings++;
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

/* ---- The board: a card moves at once, and goes back if the server says no ---- */

let moves = 0, lastMove = Promise.resolve();
let drag = null;

const cardsIn = list => [...list.children].filter(child => child.matches('.card:not([hidden], .dragging)'));
const columnName = list => list.dataset.name ?? list.closest('.lane')?.querySelector('h2')?.firstChild?.textContent.trim() ?? '';

function after(element) {
  let next = element.nextElementSibling;
  while (next && !next.matches('.card:not([hidden], .dragging)')) next = next.nextElementSibling;
  return next;
}

function put(card, list, next) {
  const focused = card.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(card, next);
  focused?.focus({ preventScroll: true });
}

function move(card, list, next) {
  const from = { list: card.parentElement, next: after(card) };
  if (from.list === list && from.next === next) return;
  put(card, list, next);
  const place = cardsIn(list);
  const words = { task: textOf(one('h3', card) ?? card), column: columnName(list), n: place.indexOf(card) + 1, total: place.length };
  const order = { column: list.dataset.column, before: next?.id.slice(5) ?? '' };
  mine.set(card.id, Infinity);
  moves++;
  lastMove = lastMove.then(async () => {
    const drawn = drawings, line = one('#status')?.dataset ?? {};
    if (await sendMove(card, order)) {
      say(fill(from.list === list && line.placed || line.moved, words));
    } else {
      const still = document.getElementById(card.id);
      if (still && drawn === drawings && from.list.isConnected) put(still, from.list, from.next?.parentElement === from.list ? from.next : null);
      say(fill(line.refused, words), true);
    }
    mine.set(card.id, Date.now() + 5000);  // the same move, coming back as a frame, is no news
  }).catch(console.error).finally(() => { moves--; });
}

/** The answer is drawn like a frame: regions, or nothing (204) where the frame brings them. Tells whether it was yes. */
async function sendMove(card, order) {
  let answer = null;
  const keep = ({ detail: { ctx } }) => { if (ctx.order === order) answer = ctx.response; };
  on('htmx:finally:request', keep);
  const region = card.closest('[id^="region-"]') ?? card;
  const waiting = async (...request) => { const got = await fetch(...request); await drag?.over; return got; };  // not under a card in hand
  await htmx.ajax('POST', `/tasks/${card.id.slice(5)}/move`, { target: region, swap: 'outerMorph', values: order, order, fetch: waiting }).catch(() => {});
  document.removeEventListener('htmx:finally:request', keep);
  return answer?.status < 400;
}

on('keydown', event => {
  const card = event.target.closest?.('[data-column] > .card[draggable]');
  if (!card || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !/^Arrow/.test(event.key)) return;
  event.preventDefault();  // Alt and Left would leave the page
  const list = card.parentElement, lists = all('[data-column]', card.closest('.board')), cards = cardsIn(list), at = cards.indexOf(card);
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (side) {
    const there = lists[lists.indexOf(list) + side];
    if (there) move(card, there, cardsIn(there)[at] ?? null);
  } else if (event.key === 'ArrowUp' ? at > 0 : at < cards.length - 1) {
    move(card, list, event.key === 'ArrowUp' ? cards[at - 1] : after(cards[at + 1]));
  }
  card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});

/* The Move menu is a plain form; on a board it need not load the page. */
on('submit', event => {
  const card = event.target.closest('[data-column] > .card'), button = event.submitter;
  const list = card && button?.name === 'column' && event.target.matches('[action$="/move"]') && one(`[data-column="${CSS.escape(button.value)}"]`, card.closest('.board'));
  if (!list) return;
  stop(event);
  const menu = button.closest('details');
  if (menu) menu.open = false;
  one('summary', menu ?? card)?.focus();
  move(card, list, null);
}, true);

/* Dragging: a mouse lifts a card by moving it, a finger by resting on it, so that a swipe still scrolls. The card keeps
   its place in the document until it is dropped: a touch whose element is moved away would be lost. */
on('pointerdown', event => {
  if (drag || event.button || !event.isPrimary) return;
  const card = event.target.closest('[data-column] > .card[draggable]');
  if (!card || event.target.closest('button, input, select, textarea, label, summary, .menu')) return;
  drag = { card, pointer: event.pointerId, touch: event.pointerType === 'touch', fromX: event.clientX, fromY: event.clientY, x: event.clientX, y: event.clientY };
  if (drag.touch) drag.resting = setTimeout(lift, 250);
});
on('pointermove', event => {
  if (event.pointerId !== drag?.pointer) return;
  drag.x = event.clientX;
  drag.y = event.clientY;
  const far = Math.hypot(drag.x - drag.fromX, drag.y - drag.fromY);
  if (drag.gap) follow();
  else if (drag.touch ? far > 10 : far > 5) drag.touch ? letGo() : lift();
});
on('pointerup', event => {
  if (event.pointerId !== drag?.pointer) return;
  if (!drag.gap) return letGo();
  const { card, gap } = drag, list = gap.parentElement, next = after(gap);
  letGo();
  move(card, list, next);
  swallowClick();
});
on('pointercancel', event => { if (event.pointerId === drag?.pointer) letGo(); });
on('touchmove', event => { if (drag?.gap) event.preventDefault(); }, { passive: false });
on('contextmenu', event => { if (drag?.touch) event.preventDefault(); });
on('dragstart', event => { if (event.target.closest?.('[data-column] > .card')) event.preventDefault(); });

/** The title under the pointer is a link: letting go of the card must not follow it. */
function swallowClick() {
  addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', stop, true), 50);
}

function lift() {
  if (!drag.card.isConnected) return letGo();
  const { card } = drag, place = card.getBoundingClientRect();
  drag.gap = document.createElement('li');
  drag.gap.className = 'drop-here';
  drag.gap.style.blockSize = place.height + 'px';
  drag.over = new Promise(done => { drag.done = done; });
  card.before(drag.gap);
  card.classList.add('dragging');
  html.classList.add('drags');
  Object.assign(card.style, { inlineSize: place.width + 'px', left: 0, top: 0 });
  const origin = card.getBoundingClientRect();  // compared by their middles, which turning leaves alone
  card.style.left = (place.left + place.right - origin.left - origin.right) / 2 + 'px';
  card.style.top = (place.top + place.bottom - origin.top - origin.bottom) / 2 + 'px';
  follow();
  requestAnimationFrame(scrollAlong);
}

function follow() {
  const { card, gap, x, y } = drag;
  card.style.translate = `${x - drag.fromX}px ${y - drag.fromY}px`;
  let list = null, nearest = Infinity;
  for (const candidate of all('[data-column]', card.closest('.board'))) {
    const lane = (candidate.closest('.lane') ?? candidate).getBoundingClientRect();
    const aside = Math.max(lane.left - x, x - lane.right, 0), above = Math.max(lane.top - y, y - lane.bottom, 0);
    const distance = aside * 1000 + above;  // below a short lane is still that lane
    if (distance < nearest) [list, nearest] = [candidate, distance];
  }
  const next = cardsIn(list).find(other => { const box = other.getBoundingClientRect(); return y < (box.top + box.bottom) / 2; }) ?? null;
  if (gap.parentElement !== list || after(gap) !== next) list.insertBefore(gap, next);
}

function scrollAlong() {
  if (!drag?.gap) return;
  const edge = 56, board = drag.card.closest('.board'), box = board.getBoundingClientRect();
  const push = (low, high, at) => at < low + edge ? at - low - edge : at > high - edge ? at - high + edge : 0;
  const down = push(0, innerHeight, drag.y), aside = push(Math.max(0, box.left), Math.min(innerWidth, box.right), drag.x);
  scrollBy(0, down / 4);
  board.scrollLeft += aside / 4;
  if (down || aside) follow();
  requestAnimationFrame(scrollAlong);
}

/** Ends a drag, wherever it is; the card is back where it was in the document. */
function letGo() {
  const { card, gap, resting, done } = drag;
  drag = null;
  clearTimeout(resting);
  if (!gap) return;
  gap.remove();
  card.classList.remove('dragging');
  card.removeAttribute('style');
  html.classList.remove('drags');
  done();
}

/* ---- Menus, theme, forms ---- */

const closeMenus = except => all('details.menu[open]').forEach(menu => { if (!menu.contains(except)) menu.open = false; });
on('click', event => closeMenus(event.target));
on('focusin', event => closeMenus(event.target));
on('keydown', event => {
  if (event.key === 'Escape') {
    if (drag?.gap) {
      addEventListener('pointerup', swallowClick, { once: true });
      return letGo();
    }
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
