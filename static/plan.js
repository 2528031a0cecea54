// The team's timeline: a bar, or its end, is dragged to other days. What is dragged fills the fields of its line in the
// table and sends them, as typing does; nothing here is needed to change a date.
"use strict";
{
  let drag = null;
  const day = 864e5, svgNS = 'http://www.w3.org/2000/svg';
  const later = (text, days) => text && new Date(Date.parse(text) + days * day).toISOString().slice(0, 10);
  const said = text => text && new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(text));

  addEventListener('pointerdown', event => {
    const bar = event.target.closest?.('.bar[data-form]'), form = bar && document.getElementById(bar.dataset.form);
    if (!form || drag || event.button || !event.isPrimary) return;
    const drawing = bar.ownerSVGElement, { starts_on, due_on } = form.elements;
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
    drag = { bar, form, pointer: event.pointerId, from: event.clientX, days: 0, end: !!event.target.closest('.end'), starts: starts_on.defaultValue, due: due_on.defaultValue,
      wide: drawing.getBoundingClientRect().width / drawing.dataset.days, boxes: [...bar.children] };
    drag.was = drag.boxes.map(box => box.getAttribute('width'));
    drag.when = document.createElementNS(svgNS, 'text');
    drag.when.setAttribute('class', 'when');
    bar.classList.add('held');
  });

  addEventListener('pointermove', event => {
    if (event.pointerId !== drag?.pointer) return;
    let days = Math.round((event.clientX - drag.from) / drag.wide);
    if (drag.end && drag.starts) days = Math.max(days, (Date.parse(drag.starts) - Date.parse(drag.due)) / day);
    drag.days = days;
    const { bar, boxes } = drag, px = days * drag.wide;
    if (drag.end) {
      const [long] = boxes, share = parseFloat(drag.was[0]);
      if (long.localName === 'rect') long.setAttribute('width', Math.max(.2, share + 100 * days / bar.ownerSVGElement.dataset.days) + '%');
    } else bar.setAttribute('transform', `translate(${px} 0)`);
    const { starts, due } = moved();
    drag.when.textContent = [starts, due].filter(Boolean).map(said).join(' – ');
    drag.when.setAttribute('x', boxes[0].getAttribute('x'));
    drag.when.setAttribute('y', boxes[0].getBBox().y - 4);
    if (!drag.when.isConnected) bar.append(drag.when);
  });

  addEventListener('pointerup', event => {
    if (event.pointerId !== drag?.pointer) return;
    const { form, days } = drag, { starts, due } = moved();
    letGo(days === 0);
    if (days === 0) return;
    form.elements.starts_on.value = starts;
    form.elements.due_on.value = due;
    send(form);
  });
  addEventListener('pointercancel', event => { if (event.pointerId === drag?.pointer) letGo(true); });
  addEventListener('keydown', event => { if (event.key === 'Escape' && drag) letGo(true); });

  const moved = () => ({ starts: drag.end ? drag.starts : later(drag.starts, drag.days), due: later(drag.due, drag.days) });

  /** Ends a drag; the bar stays where it was dropped until the answer, unless it goes back. */
  const letGo = back => {
    const { bar, boxes, was, when } = drag;
    drag = null;
    bar.classList.remove('held');
    when.remove();
    if (!back) return;
    bar.removeAttribute('transform');
    if (was[0] !== null) boxes[0].setAttribute('width', was[0]);
  };

  /** Sends the form of a line and takes the drawing out of the page that comes back; a refusal is shown by that page itself. */
  const send = async form => {
    const here = form.closest('section[id]'), { scrollX, scrollY } = window;
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (!answer?.ok) return form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), fresh = page.getElementById(here.id);
    if (!fresh) return location.reload();
    htmx.swap({ target: here, swap: 'outerMorph', text: fresh.outerHTML });
    scrollTo(scrollX, scrollY);
    document.getElementById('status').textContent = page.querySelector('#notice')?.textContent.trim() ?? '';
  };
}
