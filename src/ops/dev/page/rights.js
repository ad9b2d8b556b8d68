// What the manifest grants beside what the plugin really needed so far.

import { card, empty, h, json, tag, toast } from '/-/page/dom.js';
import { current, model } from '/-/page/model.js';

const KINDS = [['database', 'Tables'], ['api', 'Hosts'], ['filesystem', 'Folders'], ['hooks', 'Hooks']];

async function copy(text) {
  try { await navigator.clipboard.writeText(text); toast('Copied'); } catch { toast('The browser did not allow copying; select the text instead'); }
}

export function rights() {
  const plugin = current();
  if (!plugin?.granted) return [empty('Nothing is served yet', 'Permissions appear with the first version.')];
  const { granted, needed } = plugin;
  const text = JSON.stringify(needed, null, 2);
  const rows = KINDS.flatMap(([kind, name]) => {
    const all = [...new Set([...(granted[kind] ?? []), ...(needed[kind] ?? [])])].sort();
    return all.map((grant) => {
      const has = granted[kind]?.includes(grant);
      const used = needed[kind]?.includes(grant);
      const state = has && used ? tag('granted and used', 'good') : has ? tag('granted, not used yet', 'warn') : tag('used, not granted', 'bad');
      return h('li', {}, tag(name), h('code', {}, grant), h('span', {}, state));
    });
  });
  const denials = model.items.filter((item) => item.kind === 'call' && item.plugin === model.plugin)
    .flatMap((call) => call.steps.filter((step) => step.event === 'denied').map((step) => ({ call, step })));
  const seen = new Map(denials.map((denial) => [`${denial.step.op} ${denial.step.subject}`, denial]));
  return [h('div', { class: 'cards' },
    card('Granted and used', null, h('div', { class: 'body' }, rows.length ? h('ul', { class: 'grants' }, rows) : empty('No grants', 'The manifest asks for nothing, and nothing was needed.'))),
    h('div', { class: 'stack' },
      card('Smallest permissions so far', h('button', { type: 'button', class: 'main', id: 'copy', on: { click: () => copy(text) } }, 'Copy'), json(needed)),
      card('Refused', seen.size ? tag(`${seen.size}`, 'bad') : null, seen.size
        ? h('ul', { class: 'steps' }, [...seen.values()].slice(-50).map(({ call, step }) => h('li', {}, h('div', { class: 'line1' }, tag(step.op, 'bad'), h('b', { class: 'mono' }, step.subject), h('span', {}, `call #${call.id}`)))))
        : empty('Nothing was refused', 'Everything the plugin asked for is granted.'))))];
}
