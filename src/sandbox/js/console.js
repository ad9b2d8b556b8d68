// `console`: formatted lines to the log of the call. Bounds are the broker's.

import { format, inspect } from 'daino:internal/inspect';
import { log } from 'daino:internal/host';
import { clock } from 'daino:internal/primordials';

const indent = { text: '' };
const counts = new Map();
const timers = new Map();

const line = (level) => (...args) => {
  const text = format(...args);
  log(level, indent.text === '' ? text : text.replaceAll(/^/gm, indent.text));
};

function table(data) {
  if (typeof data !== 'object' || data === null) return write.log(data);
  const rows = Object.entries(data);
  const columns = [...new Set(rows.flatMap(([, row]) => (typeof row === 'object' && row !== null ? Object.keys(row) : ['Values'])))];
  const cell = (row, column) => {
    const value = typeof row === 'object' && row !== null ? row[column] : column === 'Values' ? row : '';
    return value === undefined ? '' : typeof value === 'string' ? value : inspect(value, { depth: 0 });
  };
  const grid = [['(index)', ...columns], ...rows.map(([key, row]) => [key, ...columns.map((c) => cell(row, c))])];
  const widths = grid[0].map((_, i) => Math.max(...grid.map((row) => row[i].length)));
  write.log(grid.map((row) => row.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n'));
}

const write = { debug: line('debug'), log: line('info'), warn: line('warn'), error: line('error') };

export const console = {
  ...write,
  info: write.log,
  trace(...args) {
    const stack = (new Error().stack ?? '').split('\n').slice(1).join('\n').trimEnd();
    write.error(`Trace: ${format(...args)}${stack ? `\n${stack}` : ''}`);
  },
  dir: (value, options) => write.log('%s', inspect(value, options)),
  assert(condition, ...args) {
    if (!condition) write.error(args.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(...args)}`);
  },
  count(label = 'default') {
    const count = (counts.get(`${label}`) ?? 0) + 1;
    counts.set(`${label}`, count);
    write.log(`${label}: ${count}`);
  },
  countReset: (label = 'default') => { counts.delete(`${label}`); },
  time: (label = 'default') => { timers.set(`${label}`, clock()); },
  timeLog(label = 'default', ...args) {
    const since = timers.get(`${label}`);
    if (since !== undefined) write.log(`${label}: ${(clock() - since).toFixed(3)}ms`, ...args);
  },
  timeEnd(label = 'default') {
    console.timeLog(label);
    timers.delete(`${label}`);
  },
  group(...args) {
    if (args.length > 0) write.log(...args);
    if (indent.text.length < 40) indent.text += '  ';
  },
  groupEnd: () => { indent.text = indent.text.slice(2); },
  table,
};
console.groupCollapsed = console.group;
