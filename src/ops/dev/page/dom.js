// Building blocks of the page. Text is only ever set as text: whatever a plugin says, it stays
// words.

/** An element. `props`: `class`, `on` (events), attributes; children: elements, text, or nothing. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for SVG. */
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

export const $ = (id) => document.getElementById(id);

export function show(place, ...content) {
  place.replaceChildren(...content.flat(3).filter((child) => child !== null && child !== undefined));
}

export const tag = (text, kind = '') => h('span', { class: `tag ${kind}` }, text);
export const dot = (kind) => h('span', { class: `dot ${kind}`, 'aria-hidden': 'true' });
export const empty = (title, text) => h('div', { class: 'empty' }, h('b', {}, title), h('span', {}, text));

export function card(title, extras, ...body) {
  return h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), extras), ...body);
}

const pad = (number, width = 2) => String(number).padStart(width, '0');

export function clock(at) {
  const time = new Date(at);
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
}

export function millis(value) {
  if (value === undefined || value === null) return '';
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

export function bytes(value) {
  if (!value) return '0 B';
  if (value < 1024) return `${value} B`;
  if (value < 1024 * 1024) return `${(value / 1024).toFixed(0)} KB`;
  return `${(value / 1024 / 1024).toFixed(1)} MB`;
}

const JSON_PART = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A value as JSON with colours. */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? 'undefined';
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(JSON_PART)) {
    parts.push(text.slice(last, match.index));
    const kind = match[2] ? 'k' : match[1] ? 's' : match[3] ? 'b' : 'n';
    parts.push(h('span', { class: kind }, match[1] ?? match[0]), match[2] ?? '');
    last = match.index + match[0].length;
  }
  return h('pre', { class: 'json', tabindex: '0' }, parts, text.slice(last));
}

/** The lines around a place in a file, the place marked. */
export function codeFrame(frame) {
  if (!frame) return null;
  const lines = frame.lines.map((text, index) => {
    const number = frame.first + index;
    const here = number === frame.line;
    const code = here
      ? [text.slice(0, frame.column - 1), h('span', { class: 'caret' }, text.slice(frame.column - 1) || ' ')]
      : [text];
    return h('div', { class: here ? 'line here' : 'line' }, h('i', {}, String(number)), h('span', {}, code));
  });
  return h('div', { class: 'code' }, h('div', { class: 'file' }, `${frame.path}:${frame.line}:${frame.column}`), lines);
}

let toastTimer = 0;
export function toast(text) {
  const place = $('toast');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.classList.remove('shown'), 2600);
}
