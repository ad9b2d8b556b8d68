// Widgets and admin pages, each drawn in a frame of its own. A frame has no origin and no token: what
// its component asks of the shop comes here as a message, and only routes of the same plugin pass.

import { card, codeFrame, empty, h, tag, toast } from '/-/page/dom.js';
import { current, get, post } from '/-/page/model.js';

const MOST_HEIGHT = 1600;
const known = { key: '', parts: null, error: null };
const frames = new Map();

async function load(plugin, key, update) {
  try {
    const { parts } = await get(`/-/parts/${encodeURIComponent(plugin.name)}`);
    if (known.key !== key) return;
    known.parts = parts;
  } catch (error) { known.error = error.message; }
  update();
}

/** What the view depends on: it is drawn anew only when this changes, because a frame that moves starts again. */
export function partsKey() {
  const plugin = current();
  return `${plugin?.name} ${plugin?.generation} ${known.key} ${known.parts !== null} ${known.error}`;
}

async function pass(plugin, { method, address, headers, body }) {
  const url = new URL(String(address), 'http://shop.invalid');
  const start = `/api/plugins/${plugin}/exec`;
  if (url.origin !== 'http://shop.invalid' && url.origin !== location.origin) return { refused: `the preview passes on requests to the shop only, not to ${url.origin}` };
  if (url.pathname !== start && !url.pathname.startsWith(`${start}/`)) return { refused: `the preview passes on requests below ${start}/ only` };
  const query = Object.fromEntries(url.searchParams);
  const given = Object.entries(headers ?? {}).map(([name, value]) => [String(name).toLowerCase(), String(value)]);
  const answer = await post(`/-/plugins/${encodeURIComponent(plugin)}/call`, {
    kind: 'route', method: String(method), path: decodeURIComponent(url.pathname.slice(start.length)) || '/', query, headers: given, body: String(body ?? ''),
  });
  return { status: answer.status ?? 500, body: answer.value };
}

window.addEventListener('message', async (event) => {
  const frame = [...frames.values()].find(({ element }) => element.contentWindow === event.source);
  if (!frame || event.data?.daino !== true) return;
  const { type, id, height, text } = event.data;
  const answer = (message) => event.source.postMessage({ daino: true, ...message }, '*');
  if (type === 'ready') { frame.ready = true; frame.state.textContent = 'shown'; frame.state.className = 'tag good'; show(frame); }
  if (type === 'size' && Number.isFinite(height)) frame.element.setAttribute('height', String(Math.min(MOST_HEIGHT, Math.max(60, height))));
  if (type === 'failed') { frame.state.textContent = 'failed'; frame.state.className = 'tag bad'; frame.error.textContent = String(text); }
  if (type === 'request') {
    try { answer({ type: 'answer', id, answer: await pass(frame.plugin, event.data) }); } catch (error) { answer({ type: 'answer', id, answer: { refused: error.message } }); }
  }
});

function show(frame) {
  let props = {};
  try { props = frame.kind === 'widget' ? { config: JSON.parse(frame.config.value || '{}'), slotData: JSON.parse(frame.slot.value || '{}') } : {}; } catch (error) { toast(`not JSON: ${error.message}`); return; }
  frame.error.textContent = '';
  frame.element.contentWindow.postMessage({ daino: true, type: 'show', props }, '*');
}

const field = (id, name, value) => {
  const area = h('textarea', { id, rows: 4, spellcheck: 'false', value: JSON.stringify(value, null, 2) });
  return [area, h('label', {}, name, area)];
};

function part(plugin, { kind, id, name, file, category, route, config = {}, faults = [], problem }) {
  const tags = h('span', { class: 'row' }, tag(kind === 'page' ? route : category ?? 'functional'), h('code', { class: 'quiet' }, file));
  if (problem) return card(name, tags, h('div', { class: 'body' }, h('p', {}, problem.message)), codeFrame(problem.frame));
  const source = `/-/frame/${encodeURIComponent(plugin.name)}/${kind}/${encodeURIComponent(id)}`;
  const element = h('iframe', { src: source, sandbox: 'allow-scripts', title: `${name}, as it is drawn`, height: 120, 'data-part': id });
  const [configArea, configLabel] = field(`config-${id}`, 'config', config);
  const [slotArea, slotLabel] = field(`slot-${id}`, 'slotData', {});
  const frame = { plugin: plugin.name, kind, element, config: configArea, slot: slotArea, ready: false, state: h('span', { class: 'tag', role: 'status' }, 'starting'), error: h('p', { class: 'wrong', role: 'alert' }) };
  frames.set(`${kind} ${id}`, frame);
  return card(name, [tags, frame.state],
    h('div', { class: 'body stack' }, faults.map((fault) => h('p', {}, tag('in a host', 'warn'), ` ${fault}`)), element, frame.error,
      kind === 'widget' ? h('details', {}, h('summary', {}, 'Props'), h('div', { class: 'row' }, configLabel, slotLabel), h('button', { type: 'button', on: { click: () => show(frame) } }, 'Draw again')) : null));
}

export function parts(update) {
  const plugin = current();
  if (!plugin?.generation) return [empty('Nothing is served yet', 'Widgets and pages are those of the version that is served.')];
  const key = `${plugin.name} ${plugin.generation}`;
  if (known.key !== key) { Object.assign(known, { key, parts: null, error: null }); load(plugin, key, update); }
  if (known.error) return [empty('Not shown', known.error)];
  if (!known.parts) return [empty('Compiling', 'One moment.')];
  frames.clear();
  if (known.parts.length === 0) return [empty('No widgets and no pages', 'The manifest names none in `widgets` and `adminPages`.')];
  return [h('div', { class: 'stack' }, known.parts.map((each) => part(plugin, each)))];
}
