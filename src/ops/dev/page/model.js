// What the page knows: the shop's state, and the stream of what happens, folded into calls.

const token = document.querySelector('meta[name="daino-token"]').content;
const MOST_ITEMS = 2000;

/** `items`: calls and other happenings, oldest first. */
export const model = { state: null, items: [], calls: new Map(), plugin: null, last: 0, connected: false };

const listeners = new Set();
let scheduled = false;

/** Calls `listener` after changes, at most once a frame. */
export function onChange(listener) { listeners.add(listener); }

export function changed() {
  if (scheduled) return;
  scheduled = true;
  const run = () => { scheduled = false; for (const listener of listeners) listener(); };
  // A hidden page draws no frames, but must not fall behind for ever.
  if (document.hidden) setTimeout(run, 500); else requestAnimationFrame(run);
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `the shop answered with ${response.status}`);
  return body;
}

export const get = async (path) => answer(await fetch(path));
export const post = async (path, body) => answer(await fetch(path, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-daino-token': token },
  body: JSON.stringify(body ?? {}),
}));

export async function refresh() {
  model.state = await get('/-/state');
  const names = model.state.plugins.map((plugin) => plugin.name);
  if (!names.includes(model.plugin)) model.plugin = names[0] ?? null;
  changed();
}

export const current = () => model.state?.plugins.find((plugin) => plugin.name === model.plugin) ?? null;

let refreshing = 0;
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refresh().catch(() => {}), 60);
}

function take(entry) {
  if (entry.seq <= model.last) return;
  model.last = entry.seq;
  if (entry.event === 'called') {
    const call = { kind: 'call', id: entry.call, plugin: entry.plugin, at: entry.at, trigger: entry.trigger, generation: entry.generation, steps: [], answer: null };
    model.calls.set(entry.call, call);
    model.items.push(call);
  } else if (entry.call && model.calls.has(entry.call)) {
    const call = model.calls.get(entry.call);
    if (entry.event === 'answered') { call.answer = entry.answer; call.title = entry.title; } else call.steps.push(entry);
  } else {
    model.items.push({ kind: 'note', id: `n${entry.seq}`, ...entry });
  }
  if (['served', 'failed', 'told', 'answered'].includes(entry.event)) refreshSoon();
  while (model.items.length > MOST_ITEMS) {
    const oldest = model.items.shift();
    if (oldest.kind === 'call') model.calls.delete(oldest.id);
  }
}

/** Listens for as long as the page is open. The browser comes back by itself after a break. */
export function listen() {
  const source = new EventSource('/-/events');
  source.onopen = () => { model.connected = true; refreshSoon(); changed(); };
  source.onerror = () => { model.connected = false; changed(); };
  source.onmessage = (message) => { take(JSON.parse(message.data)); changed(); };
}

const QUERY = /^db\./;

/** What a trigger is, in a few words. */
export function titleOf(trigger) {
  switch (trigger.kind) {
    case 'hook': return trigger.name;
    case 'route': return `${trigger.method} ${trigger.path}`;
    case 'cron': return trigger.name;
    default: return `${trigger.name}()`;
  }
}

/** Good, bad, or still running. */
export function healthOf(item) {
  if (item.kind === 'note') return item.event === 'failed' ? 'bad' : item.event === 'served' ? 'good' : 'warn';
  if (!item.answer) return 'warn';
  if (item.answer.problem || (item.answer.status ?? 0) >= 400) return 'bad';
  return item.steps.some((step) => step.event === 'denied') ? 'warn' : 'good';
}

/** How often a call asked for what. */
export function countsOf(call) {
  const counts = { queries: 0, requests: 0, denials: 0, logs: 0, events: 0 };
  for (const step of call.steps) {
    if (step.event === 'denied') counts.denials++;
    else if (step.event === 'logged') counts.logs++;
    else if (step.event === 'emitted') counts.events++;
    else if (step.op === 'fetch') counts.requests++;
    else if (QUERY.test(step.op ?? '')) counts.queries++;
  }
  return counts;
}
