// One call in full: what it got, what it gave, what it did meanwhile; and the same call again.

import { bytes, codeFrame, empty, h, json, millis, tag, toast } from '/-/page/dom.js';
import { model, post, titleOf } from '/-/page/model.js';

const TABS = [['answer', 'Answer'], ['input', 'Input'], ['steps', 'What it did'], ['again', 'Compared']];
const view = { tab: 'answer', replays: new Map() };

const fact = (name, value) => h('div', {}, h('small', {}, name), h('b', {}, value));

function problem(problem) {
  return h('div', {},
    h('div', { class: 'facts' }, h('div', {}, h('small', {}, problem.code), h('b', {}, problem.message), (problem.causes ?? []).map((cause) => h('span', { class: 'quiet' }, cause)))),
    codeFrame(problem.frame),
    problem.stack ? h('pre', { class: 'json' }, problem.stack) : null,
    (problem.hints ?? []).map((hint) => h('div', { class: 'facts' }, hint)));
}

function step(entry) {
  const head = (name, kind, title, end) => h('div', { class: 'line1' }, tag(name, kind), h('b', { class: 'mono' }, title), h('span', {}, end ?? ''));
  if (entry.event === 'logged') {
    const kind = { error: 'bad', warn: 'warn' }[entry.level] ?? '';
    return h('li', {}, head(entry.level, kind, entry.text));
  }
  if (entry.event === 'denied') return h('li', {}, head('denied', 'bad', `${entry.op} ${entry.subject}`, entry.why));
  if (entry.event === 'emitted') return h('li', {}, head('event', 'accent', entry.name), h('pre', {}, JSON.stringify(entry.payload)));
  const asked = entry.arguments ?? {};
  const title = entry.op === 'fetch' ? `${asked.method} ${asked.url}` : entry.op?.startsWith('db.') ? (asked.sql ?? entry.op) : `${asked.key ?? asked.path ?? asked.prefix ?? ''}`;
  const kind = entry.failure ? 'bad' : entry.op === 'fetch' ? 'accent' : '';
  const status = entry.op === 'fetch' && entry.result ? `${entry.result.status} · ` : entry.result?.rowCount !== undefined ? `${entry.result.rowCount} rows · ` : '';
  const more = entry.failure ? `${entry.failure.code}: ${entry.failure.message}` : short(entry);
  return h('li', {}, head(entry.op ?? entry.event, kind, title, status + millis(entry.millis)), more ? h('pre', {}, more) : null);
}

function short(entry) {
  const { params, value, body } = entry.arguments ?? {};
  const given = params?.length ? params : value ?? body;
  const got = entry.op === 'fetch' ? entry.result?.body : entry.op?.startsWith('db.') ? entry.result?.rows : entry.op === 'storage.get' ? entry.result : undefined;
  const text = (name, part) => (part === undefined || part === null || (Array.isArray(part) && part.length === 0) ? [] : [`${name} ${JSON.stringify(part)}`.slice(0, 1500)]);
  return [...text('→', given), ...text('←', got)].join('\n');
}

function input(trigger) {
  if (trigger.kind === 'route') {
    let body = trigger.body;
    try { body = JSON.parse(trigger.body); } catch { /* it is text */ }
    return json({ query: trigger.query, headers: Object.fromEntries(trigger.headers ?? []), body });
  }
  const { arguments: given } = trigger;
  return json(given?.length === 1 ? given[0] : given ?? {});
}

function compared(result) {
  if (!result) return empty('Not made again yet', 'Replay calls the current version with the same input and shows what differs.');
  const { before, after } = result;
  const took = `version ${before.generation}: ${millis(before.millis)} → version ${after.generation}: ${millis(after.millis)}`;
  return h('div', {},
    h('div', { class: 'facts' }, result.same ? tag('same answer', 'good') : tag('the answer differs', 'warn'), h('span', { class: 'quiet' }, took)),
    result.same ? empty('No difference', 'Both versions gave the same answer.') : h('div', { class: 'diff', tabindex: '0' }, result.difference.map((line) => h('div', { class: line.kind }, line.text))));
}

async function replay(item, update, button) {
  button.disabled = true;
  try {
    view.replays.set(item.id, await post(`/-/calls/${item.id}/replay`));
    view.tab = 'again';
  } catch (error) { toast(error.message); }
  update();
}

function note(item) {
  const body = item.problem
    ? problem(item.problem)
    : h('ul', { class: 'steps' }, (item.changes ?? []).map((change) => h('li', {}, h('div', { class: 'line1' }, tag(change.part), h('b', { class: 'mono' }, change.path)))));
  return [h('header', {}, h('h2', {}, item.event === 'served' ? `Version ${item.generation}` : item.text ?? item.event), item.millis ? tag(millis(item.millis)) : null), body];
}

export function detail(item, update) {
  if (item.kind === 'note') return note(item);
  const answer = item.answer;
  const again = h('button', { type: 'button', class: 'main', title: 'Replay (R)', id: 'replay', on: { click: (event) => replay(item, update, event.target) } }, 'Replay');
  const tabs = TABS.map(([id, name]) => h('button', {
    type: 'button', role: 'tab', 'aria-selected': String(view.tab === id), on: { click: () => { view.tab = id; update(); } },
  }, id === 'steps' && item.steps.length ? `${name} (${item.steps.length})` : name));
  const body = {
    answer: () => (!answer ? empty('Running', 'The call has not ended yet.') : answer.problem ? problem(answer.problem) : json(answer.value)),
    input: () => input(item.trigger),
    steps: () => (item.steps.length ? h('ul', { class: 'steps' }, item.steps.map(step)) : empty('Nothing', 'The call asked the shop for nothing and logged nothing.')),
    again: () => compared(view.replays.get(item.id)),
  }[view.tab];
  return [
    h('header', {}, h('h2', {}, titleOf(item.trigger)), again),
    h('div', { class: 'facts' },
      answer?.status ? fact('status', String(answer.status)) : null,
      fact('took', answer ? millis(answer.millis) : '…'),
      answer ? fact('processor', millis(answer.cpu_millis)) : null,
      answer ? fact('memory', bytes(answer.peak_memory)) : null,
      fact('version', String(item.generation)), fact('call', `#${item.id}`)),
    h('div', { class: 'tabs', role: 'tablist' }, tabs),
    body(),
  ];
}

export const knows = (id) => model.calls.has(id);
