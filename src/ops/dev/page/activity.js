// The stream of what happens: calls and versions, newest first, with a filter.

import { clock, dot, empty, h, millis, tag } from '/-/page/dom.js';
import { countsOf, healthOf, model, titleOf } from '/-/page/model.js';
import { detail } from '/-/page/detail.js';

const KINDS = [['all', 'All'], ['hook', 'Hooks'], ['route', 'Requests'], ['cron', 'Cron'], ['method', 'Methods'], ['note', 'Versions'], ['bad', 'Problems']];
const MOST_SHOWN = 300;

const chosen = { item: null, kind: 'all', text: '' };

export function choose(id) { chosen.item = id; }

function fits(item) {
  if (model.plugin && item.plugin !== model.plugin) return false;
  if (chosen.kind === 'bad' && healthOf(item) === 'good') return false;
  if (chosen.kind === 'note' && item.kind !== 'note') return false;
  if (!['all', 'bad', 'note'].includes(chosen.kind) && item.trigger?.kind !== chosen.kind) return false;
  if (!chosen.text) return true;
  return JSON.stringify(item).toLowerCase().includes(chosen.text.toLowerCase());
}

const count = (number, one) => (number === 0 ? null : `${number} ${one}${number === 1 ? '' : 's'}`);

function words(item) {
  if (item.kind === 'note') {
    const files = (item.changes ?? []).map((change) => change.path);
    const some = files.length > 12 ? '' : files.slice(0, 3).join(', ') + (files.length > 3 ? ` and ${files.length - 3} more` : '');
    switch (item.event) {
      case 'served': return [`Version ${item.generation} served`, some];
      case 'failed': return ['Not served', item.problem.message];
      case 'noted': return ['Changed on disk', some];
      case 'logged': return [`Log: ${item.level}`, item.text];
      case 'asked': return [item.op, 'while loading'];
      case 'emitted': return [`Event ${item.name}`, 'while loading'];
      default: return [item.text ?? item.event, ''];
    }
  }
  const counts = countsOf(item);
  const more = [
    item.answer?.problem?.message,
    count(counts.denials, 'denial'), counts.queries ? `${counts.queries} quer${counts.queries === 1 ? 'y' : 'ies'}` : null, count(counts.requests, 'request'), count(counts.events, 'event'), count(counts.logs, 'log line'),
  ];
  return [titleOf(item.trigger), more.filter(Boolean).join(' · ')];
}

function line(item) {
  const [title, more] = words(item);
  const took = item.kind === 'note' ? item.millis : item.answer?.millis;
  const status = item.answer?.status;
  return h('li', {}, h('button', {
    type: 'button', 'data-item': item.id, 'aria-current': chosen.item === item.id ? 'true' : null,
    on: { click: () => { chosen.item = chosen.item === item.id ? null : item.id; rerender(); } },
  },
  h('time', {}, clock(item.at)),
  dot(healthOf(item)),
  h('span', { class: 'what' }, item.kind === 'call' && item.trigger.kind !== 'route' ? tag(item.trigger.kind) : null, h('b', {}, title), h('span', {}, more)),
  h('span', { class: 'end' }, status ? tag(String(status), status < 400 ? 'good' : 'bad') : null, millis(took), item.generation && item.kind === 'call' ? tag(`v${item.generation}`) : null)));
}

let rerender = () => {};

export function activity(update) {
  rerender = update;
  const found = model.items.filter(fits);
  const shown = found.slice(-MOST_SHOWN).reverse();
  const open = model.items.find((item) => item.id === chosen.item);
  const chips = KINDS.map(([kind, name]) => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(chosen.kind === kind),
    on: { click: () => { chosen.kind = kind; update(); } },
  }, name));
  const search = h('input', {
    type: 'search', id: 'search', placeholder: 'Filter  ( / )', 'aria-label': 'Filter', value: chosen.text,
    on: { input: (event) => { chosen.text = event.target.value; update(); } },
  });
  const feed = shown.length > 0
    ? h('ul', { class: 'feed' }, shown.map(line))
    : empty('Nothing yet', 'Fire a hook, open a route, or save a file of the plugin.');
  return [
    h('div', { class: 'filter' }, search, chips),
    h('div', { class: open ? 'split open' : 'split' },
      h('section', { class: 'card feed', 'aria-label': 'What happened' }, feed),
      open ? h('section', { class: 'card detail', 'aria-label': 'Details' }, detail(open, update, (id) => { chosen.item = id; update(); })) : null),
  ];
}

/** Moves to the next or the one before. */
export function move(step) {
  const shown = model.items.filter(fits).slice(-MOST_SHOWN).reverse();
  if (shown.length === 0) return;
  const at = shown.findIndex((item) => item.id === chosen.item);
  const next = at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step));
  chosen.item = shown[next].id;
  rerender();
  document.querySelector(`[data-item="${CSS.escape(String(chosen.item))}"]`)?.scrollIntoView({ block: 'nearest' });
}

export function close() {
  if (chosen.item === null) return false;
  chosen.item = null;
  rerender();
  return true;
}
