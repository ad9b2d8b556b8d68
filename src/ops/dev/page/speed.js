// How long calls take and how much memory they need, call by call, with a mark at each version.

import { bytes, card, empty, h, millis, s } from '/-/page/dom.js';
import { current, healthOf, model, titleOf } from '/-/page/model.js';

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 52;
const MOST_POINTS = 200;

function quantile(sorted, part) {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

// Requests of one route belong together, whatever stands for its captures.
function handlerOf(trigger) {
  if (trigger.kind !== 'route') return `${trigger.kind} ${titleOf(trigger)}`;
  const parts = (path) => path.split('/').filter(Boolean);
  const asked = parts(trigger.path);
  const fits = ({ method, path }) => {
    const wanted = parts(path);
    return method === trigger.method && wanted.length === asked.length && wanted.every((part, index) => part.startsWith(':') || part === asked[index]);
  };
  const captures = (route) => parts(route.path).filter((part) => part.startsWith(':')).length;
  const [route] = (current()?.routes ?? []).filter(fits).sort((a, b) => captures(a) - captures(b));
  return route ? `route ${route.method} ${route.path}` : 'no route';
}

function curve(all, value, words) {
  const calls = all.filter((call) => value(call) > 0);
  if (calls.length === 0) return empty('Nothing measured', 'Calls that end well are measured.');
  const points = calls.slice(-MOST_POINTS);
  const values = points.map(value);
  const top = Math.max(...values, 0.001) * 1.15;
  const x = (index) => LEFT + (points.length < 2 ? 0 : (index / (points.length - 1)) * (WIDTH - LEFT - 12));
  const y = (amount) => HEIGHT - 22 - (amount / top) * (HEIGHT - 38);
  const line = points.map((_, index) => `${x(index).toFixed(1)},${y(values[index]).toFixed(1)}`);
  const marks = points.flatMap((call, index) => (index > 0 && call.generation !== points[index - 1].generation
    ? [s('line', { class: 'mark', x1: x(index), x2: x(index), y1: 12, y2: HEIGHT - 22 }), s('text', { x: x(index) + 4, y: 18 }, `v${call.generation}`)] : []));
  return s('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${words}, last ${points.length} calls` },
    [0, 0.5, 1].flatMap((part) => [
      s('line', { class: 'grid', x1: LEFT, x2: WIDTH - 8, y1: y((top / 1.15) * part), y2: y((top / 1.15) * part) }),
      s('text', { x: LEFT - 8, y: y((top / 1.15) * part) + 3.5, 'text-anchor': 'end' }, words === 'memory' ? bytes((top / 1.15) * part) : millis((top / 1.15) * part)),
    ]),
    s('polygon', { class: 'area', points: `${LEFT},${HEIGHT - 22} ${line.join(' ')} ${x(points.length - 1)},${HEIGHT - 22}` }),
    s('polyline', { class: 'curve', points: line.join(' ') }),
    marks,
    points.length <= 60 ? points.map((call, index) => s('circle', { class: healthOf(call) === 'bad' ? 'point bad' : 'point', cx: x(index), cy: y(values[index]), r: 2.6 }, s('title', {}, `#${call.id} ${titleOf(call.trigger)}: ${words === 'memory' ? bytes(values[index]) : millis(values[index])}`))) : [],
    s('text', { x: LEFT, y: HEIGHT - 6 }, `#${points[0].id}`), s('text', { x: WIDTH - 8, y: HEIGHT - 6, 'text-anchor': 'end' }, `#${points.at(-1).id}`));
}

export function speed() {
  const calls = model.items.filter((item) => item.kind === 'call' && item.answer && item.plugin === model.plugin);
  if (calls.length === 0) return [empty('No calls yet', 'Curves appear with the first calls.')];
  const groups = new Map();
  for (const call of calls) {
    const name = handlerOf(call.trigger);
    groups.set(name, [...(groups.get(name) ?? []), call]);
  }
  const rows = [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, 100).map(([name, group]) => {
    const took = group.map((call) => call.answer.millis).sort((a, b) => a - b);
    const cpu = group.map((call) => call.answer.cpu_millis).sort((a, b) => a - b);
    const asked = Math.max(...group.map((call) => call.answer.host_calls));
    const failed = group.filter((call) => healthOf(call) === 'bad').length;
    const cells = [String(group.length), millis(quantile(took, 0.5)), millis(quantile(took, 0.95)), millis(took.at(-1)), millis(quantile(cpu, 0.5)), bytes(Math.max(...group.map((call) => call.answer.peak_memory))), String(asked), String(failed)];
    return h('tr', {}, h('td', { class: 'mono' }, name), cells.map((cell) => h('td', { class: 'num' }, cell)));
  });
  const heads = ['calls', 'median', 'p95', 'slowest', 'processor', 'memory', 'most requests', 'failed'];
  return [h('div', { class: 'stack' },
    h('div', { class: 'cards' },
      card('Latency', null, h('div', { class: 'body' }, curve(calls, (call) => call.answer.millis, 'latency'))),
      card('Memory', null, h('div', { class: 'body' }, curve(calls, (call) => call.answer.peak_memory, 'memory')))),
    card('By handler', null, h('div', { class: 'scroll', tabindex: '0' }, h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'handler'), heads.map((head) => h('th', { class: 'num' }, head)))), h('tbody', {}, rows)))))];
}
