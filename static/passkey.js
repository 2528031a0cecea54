'use strict';
// Forms that ask for a passkey. They are hidden until it is known that the browser can do it at this address; the other
// ways of signing in stand beside them and need no script. The server says what to sign, the browser asks its owner,
// and the answer goes out as a field of the form.
(() => {
const forms = [...document.querySelectorAll('form[data-passkey]')];
const able = form => window.PublicKeyCredential && form.dataset.host === location.hostname;
const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0));

if (forms.some(able)) {
  forms.forEach(form => { form.hidden = !able(form); });
  document.querySelectorAll('[data-no-passkey]').forEach(line => { line.hidden = true; });
}

/* What older browsers cannot read and write themselves. */
function optionsOf(kind, json) {
  const { PublicKeyCredential: own } = window;
  if (kind === 'create' && own.parseCreationOptionsFromJSON) return own.parseCreationOptionsFromJSON(json);
  if (kind === 'get' && own.parseRequestOptionsFromJSON) return own.parseRequestOptionsFromJSON(json);
  const named = list => (list ?? []).map(key => ({ ...key, id: bytes(key.id) }));
  const options = { ...json, challenge: bytes(json.challenge) };
  if (kind === 'get') return { ...options, allowCredentials: named(json.allowCredentials) };
  return { ...options, user: { ...json.user, id: bytes(json.user.id) }, excludeCredentials: named(json.excludeCredentials) };
}

function answerOf(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, rawId, type, authenticatorAttachment, response } = credential, out = {};
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) if (response[part]) out[part] = text(response[part]);
  if (response.getTransports) out.transports = response.getTransports();
  return { id, rawId: text(rawId), type, authenticatorAttachment, response: out, clientExtensionResults: credential.getClientExtensionResults() };
}

async function prove(form) {
  const { passkey: kind, begin } = form.dataset;
  const begun = await fetch(begin, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, redirect: 'error' });
  const asked = await begun.json().catch(() => ({}));
  if (!begun.ok) throw Object.assign(new Error('refused'), { sentence: asked.problem });
  const credential = await navigator.credentials[kind]({ publicKey: optionsOf(kind, asked.publicKey) });
  form.elements.credential.value = JSON.stringify(answerOf(credential));
  form.submit();
}

/* Before any other script sees it: the form goes out only with an answer. */
addEventListener('submit', event => {
  const form = event.target;
  if (!forms.includes(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.hasAttribute('aria-busy')) return;
  const problem = form.querySelector('[role="alert"]');
  problem.hidden = true;
  form.setAttribute('aria-busy', 'true');
  prove(form).catch(error => {
    problem.textContent = error.sentence ?? form.dataset.failed;
    problem.hidden = false;
    form.removeAttribute('aria-busy');
  });
}, true);
addEventListener('pageshow', () => forms.forEach(form => form.removeAttribute('aria-busy')));
})();
