// What the validator says about the version that is served.

import { card, codeFrame, empty, h, tag } from '/-/page/dom.js';
import { current, get } from '/-/page/model.js';

const known = { key: '', report: null, error: null };
const KINDS = { critical: 'bad', error: 'bad', warning: 'warn', info: 'accent' };

async function load(plugin, update) {
  try { known.report = await get(`/-/findings/${encodeURIComponent(plugin.name)}`); known.error = null; } catch (error) { known.error = error.message; }
  update();
}

function finding(issue, frame) {
  return h('li', {},
    h('div', { class: 'line1' }, tag(issue.severity, KINDS[issue.severity]), h('b', {}, issue.message), h('span', {}, issue.rule)),
    codeFrame(frame),
    issue.help ? h('p', { class: 'quiet' }, issue.help) : null,
    (issue.steps ?? []).map((step) => h('div', { class: 'quiet mono' }, `${step.file}:${step.line} ${step.message}`)));
}

export function findings(update) {
  const plugin = current();
  if (!plugin?.generation) return [empty('Nothing is served yet', 'Findings are about the version that is served.')];
  const key = `${plugin.name} ${plugin.generation}`;
  if (known.key !== key) { Object.assign(known, { key, report: null, error: null }); load(plugin, update); }
  if (known.error) return [empty('Not checked', known.error)];
  if (!known.report) return [empty('Checking', 'One moment.')];
  const { report, frames } = known.report;
  const score = h('span', { class: 'tag accent', id: 'score' }, `score ${report.score} of 100`);
  return [card(`Version ${known.report.generation}`, score, report.issues.length
    ? h('ul', { class: 'steps' }, report.issues.slice(0, 200).map((issue, index) => finding(issue, frames[index])))
    : empty('Nothing found', 'The validator has nothing to say about this version.'))];
}
