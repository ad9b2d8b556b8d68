// What the plugin keeps: its tables and its storage.

import { card, empty, h } from '/-/page/dom.js';
import { current, get } from '/-/page/model.js';

const known = { key: '', data: null, error: null, table: null };

async function load(plugin, update) {
  try { known.data = await get(`/-/data/${encodeURIComponent(plugin.name)}`); known.error = null; } catch (error) { known.error = error.message; }
  update();
}

const cell = (value) => (value === null || value === undefined ? h('span', { class: 'quiet' }, 'null') : typeof value === 'object' ? JSON.stringify(value) : String(value));

function table({ name, columns, rows, count }) {
  const more = count > rows.length ? `the first ${rows.length} of ${count} rows` : `${count} row${count === 1 ? '' : 's'}`;
  return card(name, h('span', { class: 'tag' }, more), rows.length === 0 ? empty('Empty', 'The table has no row yet.') : h('div', { class: 'scroll', tabindex: '0' }, h('table', {},
    h('thead', {}, h('tr', {}, columns.map((column) => h('th', {}, column)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((column) => h('td', { class: 'mono' }, cell(row[column])))))))));
}

/** `stamp` changes when something may have been written. */
export function data(update, stamp) {
  const plugin = current();
  if (!plugin) return [empty('No plugin', 'There is none in this folder.')];
  const key = `${plugin.name} ${stamp}`;
  if (known.key !== key) { known.key = key; load(plugin, update); }
  if (known.error) return [empty('Not readable', known.error)];
  if (!known.data) return [empty('Reading', 'One moment.')];
  const { storage, tables } = known.data;
  const parts = tables.map(table);
  parts.push(card('Storage', h('span', { class: 'tag' }, `${storage.length} key${storage.length === 1 ? '' : 's'}`), storage.length === 0
    ? empty('Empty', 'Nothing was stored with ctx.storage.set yet.')
    : h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'Key'), h('th', {}, 'Value'))), h('tbody', {}, storage.map((entry) => h('tr', {}, h('td', { class: 'mono' }, entry.key), h('td', { class: 'mono' }, JSON.stringify(entry.value))))))));
  return [h('div', { class: 'stack' }, parts)];
}
