// The page: plugins and views at the side, one view at a time, keys for everything.

import { activity, choose, close, move } from '/-/page/activity.js';
import { data } from '/-/page/data.js';
import { $, codeFrame, dot, h, show, toast } from '/-/page/dom.js';
import { findings } from '/-/page/findings.js';
import { fire } from '/-/page/fire.js';
import { current, changed, listen, model, onChange, post, refresh } from '/-/page/model.js';
import { parts, partsKey } from '/-/page/parts.js';
import { rights } from '/-/page/rights.js';
import { speed } from '/-/page/speed.js';

const VIEWS = [
  ['activity', 'Activity', '1', 'Everything that happens, as it happens.'],
  ['fire', 'Fire and call', '2', 'Make the plugin work: hooks, routes, jobs, webhooks.'],
  ['data', 'Data', '3', 'What the plugin keeps.'],
  ['speed', 'Speed and memory', '4', 'What each handler costs.'],
  ['rights', 'Permissions', '5', 'What the manifest grants, and what was really needed.'],
  ['findings', 'Findings', '6', 'What the validator says about the version that is served.'],
  ['parts', 'Widgets and pages', '7', 'As they are drawn, each in a frame of its own.'],
];
const KEYS = [['1 – 7', 'views'], ['P', 'next plugin'], ['J / K', 'next, previous'], ['R', 'replay the open call'], ['L', 'load the plugin again'], ['/', 'filter'], ['D', 'light or dark'], ['Esc', 'close'], ['?', 'these keys']];

let view = location.hash.slice(1);
if (!VIEWS.some(([id]) => id === view)) view = 'activity';

function go(next) {
  view = next;
  history.replaceState(null, '', `#${next}`);
  changed();
  requestAnimationFrame(() => $(`view-${next}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
}

function openCall(id) { choose(id); go('activity'); }

async function reload() {
  const plugin = current();
  if (!plugin) return;
  try { await post(`/-/plugins/${encodeURIComponent(plugin.name)}/reload`); toast('Loading again'); } catch (error) { toast(error.message); }
}

function side() {
  const plugins = model.state?.plugins ?? [];
  show($('plugins'), plugins.map((plugin) => h('li', {}, h('button', {
    type: 'button', 'aria-current': String(plugin.name === model.plugin), title: plugin.folder,
    on: { click: () => { model.plugin = plugin.name; changed(); } },
  }, dot(plugin.problem ? (plugin.generation ? 'warn' : 'bad') : plugin.generation ? 'good' : ''), h('span', { class: 'name' }, plugin.title ?? plugin.name), plugin.generation ? h('span', { class: 'tag' }, `v${plugin.generation}`) : null))));
  show($('views'), VIEWS.map(([id, name, key]) => h('li', {}, h('button', {
    type: 'button', id: `view-${id}`, 'aria-current': String(id === view), on: { click: () => go(id) },
  }, h('span', { class: 'name' }, name), h('kbd', {}, key)))));
  $('place').textContent = current()?.folder ?? '';
  $('release').textContent = model.state ? `daino-pdk ${model.state.version}` : '';
  const live = $('live');
  live.className = `live ${model.connected ? 'on' : 'off'}`;
  live.textContent = model.connected ? 'live' : 'not connected; trying again';
}

function banner() {
  const plugin = current();
  const parts = [];
  if (model.state?.polling) parts.push(h('section', { class: 'banner soft' }, h('p', {}, `Changes are looked for four times a second: ${model.state.polling}.`)));
  if (plugin?.problem) {
    const { message, causes = [], hints = [], frame } = plugin.problem;
    parts.push(h('section', { class: 'banner', role: 'alert' },
      h('h2', {}, 'The last change is not served'), h('p', {}, message), causes.map((cause) => h('p', { class: 'quiet' }, cause)),
      codeFrame(frame), hints.map((hint) => h('p', {}, hint)),
      h('p', { class: 'still' }, plugin.generation ? `Version ${plugin.generation} goes on serving until this is mended.` : 'Nothing is served yet.')));
  }
  show($('banner'), parts);
}

function head() {
  const [, name, , text] = VIEWS.find(([id]) => id === view);
  const plugin = current();
  return h('div', { class: 'head' }, h('div', { class: 'grow' }, h('h1', {}, name), h('p', {}, text)),
    plugin ? h('div', { class: 'actions' }, plugin.release ? h('span', { class: 'tag' }, `${plugin.type} · ${plugin.release}`) : null,
      plugin.generation ? h('span', { class: 'tag accent', id: 'generation' }, `version ${plugin.generation}`) : null,
      h('button', { type: 'button', id: 'reload', title: 'Load again (L)', on: { click: reload } }, 'Reload')) : null);
}

function content() {
  const written = [...model.calls.values()].filter((call) => call.answer).length;
  switch (view) {
    case 'fire': return fire(changed, openCall);
    case 'data': return data(changed, `${written} ${current()?.generation}`);
    case 'speed': return speed();
    case 'rights': return rights();
    case 'findings': return findings(changed);
    case 'parts': return parts(changed);
    default: return activity(changed);
  }
}

// What a person is doing stays as it is while the page is drawn anew.
function keep() {
  const { activeElement: active } = document;
  const id = active?.id;
  const item = active?.dataset?.item;
  let range = null;
  try { range = [active.selectionStart, active.selectionEnd, active.scrollTop]; } catch { /* it has none */ }
  const scrolled = document.querySelector('.detail')?.scrollTop ?? 0;
  return () => {
    const detail = document.querySelector('.detail');
    if (detail) detail.scrollTop = scrolled;
    const same = id ? $(id) : item ? document.querySelector(`[data-item="${CSS.escape(item)}"]`) : null;
    if (!same || same === document.activeElement) return;
    same.focus({ preventScroll: true });
    try { if (range?.[0] !== undefined && range[0] !== null) { same.setSelectionRange(range[0], range[1]); same.scrollTop = range[2]; } } catch { /* it has none */ }
  };
}

let drawn = '';
function draw() {
  const restore = keep();
  side();
  banner();
  // A frame that is put in anew starts anew, so that view is drawn only when something of it changed.
  if (view !== 'parts' || drawn !== `parts ${partsKey()}`) {
    show($('view'), head(), content());
    drawn = `${view} ${view === 'parts' ? partsKey() : ''}`;
  }
  const plugin = current();
  document.title = plugin?.problem ? `✕ ${plugin.title ?? plugin.name}` : plugin?.title ?? 'Local shop';
  restore();
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* a private window keeps nothing */ }
}

function nextPlugin() {
  const names = (model.state?.plugins ?? []).map((plugin) => plugin.name);
  model.plugin = names[(names.indexOf(model.plugin) + 1) % names.length] ?? null;
  changed();
}

document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || $('help').open) return;
  if (event.key === 'Escape') { if (typing) event.target.blur(); else close(); return; }
  if (typing) return;
  const by = VIEWS.find(([, , key]) => key === event.key);
  const act = by ? () => go(by[0]) : {
    j: () => move(1), k: () => move(-1), r: () => $('replay')?.click(), l: reload, p: nextPlugin, d: theme,
    '?': () => $('help').showModal(), '/': () => { go('activity'); requestAnimationFrame(() => $('search')?.focus()); },
  }[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});

try { const kept = localStorage.getItem('theme'); if (kept) document.documentElement.dataset.theme = kept; } catch { /* as the system says */ }
const asked = new URLSearchParams(location.search).get('theme');
if (asked === 'light' || asked === 'dark') document.documentElement.dataset.theme = asked;
show($('keylist'), KEYS.map(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)]));
$('theme').addEventListener('click', theme);
$('keys').addEventListener('click', () => $('help').showModal());
onChange(draw);
refresh().catch((error) => toast(error.message));
listen();
