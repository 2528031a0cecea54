package handlers

import (
	"strings"
	"testing"
)

// A file that is chosen, pasted or dropped is sent at once and stands below its box;
// nothing else is: what was typed stays, and Remove sends nothing.
func TestFilesInABrowser(t *testing.T) {
	w := newWorld(t)
	b := w.browser("member", 1280, 900, false)
	w.limited(1)
	said := w.rows("SELECT (SELECT count(*) FROM note) + (SELECT count(*) FROM reply)")
	b.open("/tasks/" + w.tasks["gallery"].String())
	eval[bool](b, `(() => { document.querySelector('#note').value = 'half a note';
		window.carry = (name, size, type) => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(size).fill(65)], name, { type })); return d; };
		const input = document.querySelector('#note-file'); input.files = carry('chosen.txt', 10, 'text/plain').files; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`)
	b.until(`document.querySelector('#note-files .files')?.innerText.includes('chosen.txt')`)
	eval[bool](b, `(() => { document.querySelector('#note').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: carry('pasted.png', 20, 'image/png') })); return true; })()`)
	b.until(`document.querySelector('#note-files .files')?.innerText.includes('pasted.png')`)
	eval[bool](b, `(() => { document.querySelector('#write-reply > summary').click();
		document.querySelector('#reply').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carry('dropped.bin', 30, '') })); return true; })()`)
	b.until(`document.querySelector('#reply-files .files')?.innerText.includes('dropped.bin')`)
	eval[bool](b, `(() => { document.querySelector('#reply').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carry('large.bin', 1048577, '') })); return true; })()`)
	b.until(`document.querySelector('#reply-files .error')?.innerText.includes('larger than 1 MB')`)
	eval[bool](b, `(() => { document.querySelector('#reply-files .files button[hx-post]').click(); return true; })()`)
	b.until(`!document.querySelector('#reply-files .files')`)
	if eval[string](b, `document.querySelector('#note').value`) != "half a note" || eval[bool](b, `!!document.querySelector('#note-files').innerText.includes('dropped')`) {
		t.Error("the box lost its words, or has the other's file")
	}
	if now := w.rows("SELECT (SELECT count(*) FROM note) + (SELECT count(*) FROM reply)"); now != said {
		t.Error("hanging or removing a file sent something")
	}
	eval[bool](b, `(() => { document.querySelector('#note-form button[type=submit].internal').click(); return true; })()`)
	b.until(`document.querySelector('#region-thread').innerText.includes('chosen.txt')`)
	if left := eval[string](b, `document.querySelector('#note-files').innerText`); strings.Contains(left, "chosen.txt") {
		t.Error("files of a saved note stand below the box: ", left)
	}
	b.silent()
}
