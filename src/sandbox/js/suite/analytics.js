// What every analytics plugin must do: count what happens, once; never break the shop; keep no
// more of a person than it says.

import { describe } from 'daino:internal/test/globals';
import { mockFetch } from 'daino:internal/test/mock_fetch';
import { must, outcomeOf, rule } from 'daino:internal/suite/claims';
import { callHandler, handlerOf, setUp } from 'daino:internal/suite/handlers';
import { about, at, fill, plan, unique } from 'daino:internal/suite/plan';
import { inputOf, sampleOf } from 'daino:internal/suite/samples';

const PERSON = { email: 'jane.canary@shop.example', name: 'Janecanary', ip: '198.51.100.77', phone: '+4915112345678' };

const call = (made, method, input) => outcomeOf(() => callHandler(handlerOf('method', method), made, input));
const hooks = () => plan().handlers.filter((handler) => handler.kind === 'hook');
const took = (outcome) => outcome.error === undefined && outcome.value?.success !== false;

mockFetch(/.*/, { status: 200, json: {} });

// Where the number of events of a kind is in a report.
const countIn = (report, event) => {
  const path = about().report?.count;
  return Number(path === undefined ? report?.totals?.[event] ?? 0 : at(report, fill(path, { event })) ?? 0);
};
const reportOf = (made, more = {}) => call(made, 'report', { ...inputOf('report'), ...more });

describe('track', () => {
  rule('track-counts', 'every event is counted once', async () => {
    const made = await setUp();
    const sample = inputOf('track');
    const event = about().methods?.track?.event ?? `conformance.e${unique()}`;
    const before = countIn((await reportOf(made)).value, event);
    for (let i = 0; i < 7; i++) must(took(await call(made, 'track', { ...sample, event })), 'a good event must be taken');
    const outcome = await reportOf(made);
    must(outcome.error === undefined, 'report must not throw', outcome);
    must(countIn(outcome.value, event) - before === 7, 'seven events must be counted as seven (name the place of the number: report.count)', outcome.value);
  });
  rule('track-concurrent', 'events at the same moment are all counted', async () => {
    const made = await setUp();
    const event = about().methods?.track?.event ?? `conformance.c${unique()}`;
    const before = countIn((await reportOf(made)).value, event);
    await Promise.all(Array.from({ length: 10 }, () => call(made, 'track', { ...inputOf('track'), event })));
    const outcome = await reportOf(made);
    must(countIn(outcome.value, event) - before === 10, 'ten events at the same moment must be counted as ten', outcome.value);
  });
  rule('track-input', 'what is no event is refused and not thrown at', async () => {
    const made = await setUp();
    for (const input of [undefined, null, {}, { event: '' }, { event: 7 }, { event: { a: 1 } }, { event: 'x'.repeat(100_000) }, []]) {
      const outcome = await call(made, 'track', input);
      must(outcome.error === undefined || /must|missing|invalid|expected/i.test(outcome.error.message), 'bad input must be refused with words, not with a stray exception', outcome);
      must(outcome.value?.success !== true, 'what is no event must not be taken', { input, outcome });
    }
  });
  rule('track-survives', 'a database that is away breaks nothing', async () => {
    const made = await setUp();
    const gone = async () => { throw Object.assign(new Error('the connection was lost'), { code: '08006' }); };
    const ctx = { ...made.ctx, db: { query: gone, many: gone, one: gone, transaction: gone }, storage: { get: gone, set: gone, remove: gone, keys: gone } };
    const broken = { ...made, ctx };
    for (const handler of hooks()) {
      const outcome = await outcomeOf(() => callHandler(handler, broken, fill(sampleOf(handler))));
      must(outcome.error === undefined, `${handler.name} must not throw when the database is away: the shop's page would fail with it`, outcome);
    }
  });
});

describe('report', () => {
  rule('report-range', 'a period that is none is refused', async () => {
    const made = await setUp();
    for (const more of [{ from: 'x', to: 'y' }, { from: '2026-01-02', to: '2026-01-01' }, { from: null, to: null }, { from: "' OR 1=1 --" }]) {
      const outcome = await reportOf(made, more);
      must(outcome.error !== undefined || outcome.value?.success === false || (outcome.value?.rows ?? []).length === 0, 'a period that is none must give no rows', { more, outcome });
    }
  });
  rule('report-stable', 'a report changes nothing', async () => {
    const made = await setUp();
    await call(made, 'track', inputOf('track'));
    const [first, second] = [await reportOf(made), await reportOf(made)];
    must(JSON.stringify(first.value) === JSON.stringify(second.value), 'two reports in a row must say the same', { first, second });
  });
});

describe('hooks', () => {
  rule('hooks-take', 'every hook takes what the shop sends, and nothing', async () => {
    const made = await setUp();
    for (const handler of hooks()) {
      for (const payload of [fill(sampleOf(handler)), {}, { order: null, product: null, user: null }]) {
        const outcome = await outcomeOf(() => callHandler(handler, made, payload));
        must(outcome.error === undefined, `${handler.name} must not throw at a payload of the shop`, { payload, outcome });
      }
    }
  });
  rule('hooks-private', 'a visitor is not kept, logged or sent away', async () => {
    const made = await setUp();
    const statements = [];
    const query = (sql, params) => { statements.push([sql, params]); return made.ctx.db.query(sql, params); };
    const set = (key, value) => { statements.push([key, value]); return made.ctx.storage.set(key, value); };
    const ctx = { ...made.ctx, db: { ...made.ctx.db, query }, storage: { ...made.ctx.storage, set } };
    const person = { id: 'customer-1', email: PERSON.email, first_name: PERSON.name, phone: PERSON.phone, ip: PERSON.ip };
    for (const handler of hooks()) {
      const sample = fill(sampleOf(handler));
      const payload = { ...sample, user: person, customer: person, ip: PERSON.ip, path: `/search?email=${PERSON.email}`, order: sample.order && { ...sample.order, customer_email: PERSON.email, customer_name: PERSON.name, customer_phone: PERSON.phone } };
      await outcomeOf(() => callHandler(handler, { ...made, ctx }, payload));
    }
    await outcomeOf(() => callHandler(handlerOf('method', 'report'), { ...made, ctx }, inputOf('report')));
    const text = JSON.stringify([statements, made.ctx.log.lines, mockFetch.calls.map((c) => [c.url, c.body])]);
    for (const [what, value] of Object.entries(PERSON)) must(!text.includes(value), `the visitor's ${what} was stored, logged or sent; count without it, or leave this rule out with the reason why it is needed`);
  });
});
