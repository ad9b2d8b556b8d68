// What one handler costs: time, processor time, engine steps, memory that stays, statements and requests per call.

import { describe, it } from 'daino:internal/test/globals';
import { mockFetch } from 'daino:internal/test/mock_fetch';
import { plainError } from 'daino:internal/test/failure';
import { outcomeOf } from 'daino:internal/suite/claims';
import { callHandler, setUp } from 'daino:internal/suite/handlers';
import { about, fill, plan, unique } from 'daino:internal/suite/plan';
import { sampleOf, variablesOf } from 'daino:internal/suite/samples';
import { collectGarbage, cpuMillis, engineTicks, heapUsed, watchHostCalls } from 'daino:internal/host';
import { clock } from 'daino:internal/primordials';
import { addMeasure, addNote } from 'daino:internal/suite/measures';

const WARM = 20;
const CALLS = 200;
const FEWEST = 30;
const EVERY = 5;
const MOST_MILLIS = 4_000;
const LIST_SIZES = [2, 12];
// Bytes a call may keep before it is called a leak: less than the smallest object.
const KEPT = 16;
const { handler, budgets } = plan();
const title = `${handler.kind} ${handler.method ? `${handler.method} ` : ''}${handler.name}`;

const tally = { queries: 0, fetches: 0 };
mockFetch(/.*/, () => { tally.fetches += 1; return { status: 200, json: { id: `remote-${unique()}`, status: 'succeeded', trackingNumber: 'T', labelUrl: 'https://labels.example/1' } }; });

// Whichever way a statement takes: ctx.db, ctx.supabase, ctx.sequelize, ctx.storage.
watchHostCalls((op, args) => {
  if (op === 'db.transaction') tally.queries += args.statements.length;
  else if (op.startsWith('db.') || op.startsWith('storage.')) tally.queries += 1;
});

async function counting() {
  const made = await setUp();
  // What the context keeps for tests would look like a leak of the plugin.
  const quiet = { ...made.ctx.log, debug() {}, info() {}, warn() {}, error() {} };
  const ctx = { ...made.ctx, log: quiet, events: { emit() {} } };
  return { plugin: made.plugin, ctx };
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
const rounded = (value, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Slope of a line through points, by least squares. */
function slope(points) {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

const once = (world, input) => outcomeOf(() => callHandler(handler, world, input));

function used() {
  collectGarbage();
  return heapUsed();
}

describe(title, () => {
  it('is measured', async () => {
    const world = await counting();
    const variables = await variablesOf(handler, world);
    const first = await once(world, fill(sampleOf(handler), variables));
    for (let i = 1; i < WARM; i++) await once(world, fill(sampleOf(handler), variables));
    Object.assign(tally, { queries: 0, fetches: 0 });
    mockFetch.forget();
    // Taken before: the measurement itself must not grow.
    const times = new Float64Array(CALLS);
    const heap = new Float64Array(Math.ceil(CALLS / EVERY));
    let ticks = 0;
    let cpu = 0;
    let calls = 0;
    const end = clock() + MOST_MILLIS;
    for (; calls < CALLS && (calls < FEWEST || clock() < end); calls++) {
      const input = fill(sampleOf(handler), variables);
      const before = engineTicks();
      const busy = cpuMillis();
      const started = clock();
      await once(world, input);
      times[calls] = clock() - started;
      cpu += cpuMillis() - busy;
      ticks += engineTicks() - before;
      mockFetch.forget();
      if (calls % EVERY === 0) heap[calls / EVERY] = used();
    }
    const sorted = [...times.subarray(0, calls)].sort((a, b) => a - b);
    const points = [...heap.subarray(0, Math.ceil(calls / EVERY))].map((bytes, i) => [i * EVERY, bytes]);
    // The first third still fills caches.
    const growth = Math.max(0, slope(points.slice(Math.floor(points.length / 3))));
    const measure = {
      handler: title, calls, p50: rounded(percentile(sorted, 0.5)), p95: rounded(percentile(sorted, 0.95)), p99: rounded(percentile(sorted, 0.99)),
      cpu: rounded(cpu / calls), ticks: rounded((ticks * 10) / calls, 1), growth: growth < 1 ? 0 : rounded(growth, 2), queries: rounded(tally.queries / calls, 2), fetches: rounded(tally.fetches / calls, 2),
    };
    addMeasure(measure);
    if (first.error) addNote(`the sample input was refused (${first.error.message}); give a good one in tests/conformance.json to measure the real work`);
    check(measure);
  }, 60_000);

  it('does not ask the database once per item', async () => {
    const counts = [];
    for (const size of LIST_SIZES) {
      const world = await counting();
      const input = stretched(fill(sampleOf(handler), await variablesOf(handler, world)), size);
      if (input === null) return;
      Object.assign(tally, { queries: 0, fetches: 0 });
      await once(world, input);
      counts.push({ ...tally });
      mockFetch.forget();
    }
    const [small, large] = counts;
    const more = LIST_SIZES[1] - LIST_SIZES[0];
    for (const what of ['queries', 'fetches']) {
      if (large[what] - small[what] >= more) throw plainError(`${LIST_SIZES[0]} items make ${small[what]} ${what}, ${LIST_SIZES[1]} items ${large[what]}: one for every item; ask for all of them at once`, 'PerformanceError');
    }
  }, 60_000);
});

// The input with every list in it stretched; null when it has none.
function stretched(value, size) {
  let found = false;
  const walk = (at) => {
    if (Array.isArray(at) && at.length > 0) {
      found = true;
      return Array.from({ length: size }, (_, i) => walk(at[i % at.length]));
    }
    if (typeof at === 'object' && at !== null) return Object.fromEntries(Object.entries(at).map(([key, item]) => [key, walk(item)]));
    return at;
  };
  const made = walk(value);
  return found ? made : null;
}

function check(measure) {
  const over = [];
  const { growth = KEPT } = Object.fromEntries(Object.entries(budgets).filter(([, value]) => value !== null));
  if (measure.growth > growth) over.push(`every call keeps ${measure.growth} bytes, at most ${growth} are allowed: something is added to and never cleared`);
  const bound = (name, value, unit) => { if (budgets[name] !== null && value > budgets[name]) over.push(`${value} ${unit}, at most ${budgets[name]} are allowed`); };
  bound('p50', measure.p50, 'ms in the middle');
  bound('p95', measure.p95, 'ms in the 95th percentile');
  bound('p99', measure.p99, 'ms in the 99th percentile');
  bound('cpu', measure.cpu, 'ms of the processor per call');
  bound('steps', measure.ticks, 'thousand engine steps per call');
  bound('queries', measure.queries, 'statements per call');
  bound('fetches', measure.fetches, 'requests per call');
  if (over.length > 0) throw plainError(over.join('\n'), 'PerformanceError');
}

about();
