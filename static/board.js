/* The board: a card moves at once, and goes back if the server says no. Without this it moves by its menu, as a plain
   form. What is shared with all pages comes from app.js. */
(() => {
'use strict';

const { one, all, on, fill, stop, say, textOf, mine } = vitrine;
const html = document.documentElement;

let moves = 0, lastMove = Promise.resolve();
let drag = null;

vitrine.busy = () => drag?.gap ? drag.over : moves ? lastMove : null;  // nothing is drawn under a card in hand

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
    const drawn = vitrine.drawings, line = one('#status')?.dataset ?? {};
    if (await sendMove(card, order)) {
      say(fill(from.list === list && line.placed || line.moved, words));
    } else {
      const still = document.getElementById(card.id);
      if (still && drawn === vitrine.drawings && from.list.isConnected) put(still, from.list, from.next?.parentElement === from.list ? from.next : null);
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

on('keydown', event => {
  if (event.key !== 'Escape' || !drag?.gap) return;
  stop(event);
  addEventListener('pointerup', swallowClick, { once: true });
  letGo();
}, true);

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
})();
