// Makes the plugin work: hooks, routes, jobs, methods, signed webhooks.

import { card, codeFrame, empty, h, json, millis, tag, toast } from '/-/page/dom.js';
import { current, get, post } from '/-/page/model.js';

const form = {
  plugin: null, hook: '', payload: '', route: '', path: '', query: '', body: '', method: '', input: '{}',
  scheme: 'stripe', secret: '', header: '', target: '', message: '', age: '0', answers: {},
};

const pretty = (value) => JSON.stringify(value, null, 2);

function parsed(text, what) {
  if (text.trim() === '') return undefined;
  try { return JSON.parse(text); } catch (error) { throw new Error(`${what} is not JSON: ${error.message}`); }
}

function answerOf(answer, choose) {
  if (!answer) return null;
  const good = !answer.problem && (answer.status ?? 200) < 400;
  return h('div', { class: 'stack' },
    h('div', { class: 'row' }, tag(answer.status ? String(answer.status) : good ? 'ok' : 'failed', good ? 'good' : 'bad'), h('span', { class: 'quiet' }, `${millis(answer.millis)} · version ${answer.generation ?? '–'}`),
      h('button', { type: 'button', class: 'plain', on: { click: () => choose(answer.call) } }, 'Details')),
    answer.problem ? h('p', {}, answer.problem.message) : null,
    answer.problem ? codeFrame(answer.problem.frame) : json(answer.value));
}

function area(id, label, rows) {
  return h('label', {}, label, h('textarea', {
    id, rows, spellcheck: 'false', value: form[id], on: { input: (event) => { form[id] = event.target.value; } },
  }));
}

function field(id, label, props = {}) {
  return h('label', {}, label, h('input', { id, type: 'text', value: form[id], on: { input: (event) => { form[id] = event.target.value; } }, ...props }));
}

function select(id, label, options, then) {
  return h('label', {}, label, h('select', { id, on: { change: (event) => { form[id] = event.target.value; then?.(); } } },
    options.map(([value, text]) => h('option', { value, selected: value === form[id] }, text))));
}

async function sample(update) {
  try {
    const { arguments: given } = await get(`/-/samples/${encodeURIComponent(form.hook)}`);
    form.payload = pretty(given.length === 1 ? given[0] : given);
  } catch (error) { toast(error.message); }
  update();
}

function begin(plugin, update) {
  if (form.plugin === plugin.name) return;
  Object.assign(form, { plugin: plugin.name, answers: {}, payload: '' });
  const names = Object.keys(plugin.hooks ?? {});
  form.hook = names.find((name) => plugin.granted?.hooks?.includes(name)) ?? names[0] ?? '';
  form.route = String((plugin.routes ?? []).length ? 0 : '');
  form.path = plugin.routes?.[0]?.path ?? '';
  form.method = plugin.methods?.[0] ?? '';
  form.secret = plugin.secrets?.find((name) => name.includes('WEBHOOK')) ?? plugin.secrets?.[0] ?? '';
  form.target = (plugin.routes ?? []).find((route) => route.method === 'POST' && route.path.includes('/webhook'))?.path ?? '';
  form.message = pretty({ id: 'evt_1', type: 'payment.succeeded', data: { id: 'pay_1', amount: 4980, currency: 'EUR' } });
  if (form.hook) sample(update);
}

export function fire(update, choose) {
  const plugin = current();
  if (!plugin?.generation) return [empty('Nothing is served yet', 'Mend what the banner shows; it is loaded as soon as it is saved.')];
  begin(plugin, update);
  const to = `/-/plugins/${encodeURIComponent(plugin.name)}`;
  const act = (what, work) => async (event) => {
    event?.preventDefault?.();
    try { form.answers[what] = await work(); } catch (error) { toast(error.message); }
    update();
  };
  const send = (label, what, work) => h('button', { type: 'button', class: 'main', id: `do-${what}`, on: { click: act(what, work) } }, label);
  const hooks = Object.entries(plugin.hooks ?? {});
  const routes = plugin.routes ?? [];
  const jobs = plugin.cron ?? [];
  const methods = plugin.methods ?? [];
  const cards = [];
  if (hooks.length) {
    cards.push(card('Fire a hook', send('Fire', 'hook', () => {
      const payload = parsed(form.payload, 'the payload');
      const given = Array.isArray(payload) ? payload : [payload ?? {}];
      return post(`${to}/call`, { kind: 'hook', name: form.hook, arguments: given });
    }), h('div', { class: 'body stack' },
      h('div', { class: 'row' }, select('hook', 'Hook', hooks.map(([name, handler]) => [name, `${name} → ${handler}`]), () => sample(update)),
        h('button', { type: 'button', on: { click: () => sample(update) } }, 'Sample')),
      area('payload', 'Payload (a list gives several arguments)', 10), answerOf(form.answers.hook, choose))));
  }
  if (routes.length) {
    const route = routes[Number(form.route)] ?? routes[0];
    cards.push(card('Call a route', send('Send', 'route', () => {
      const query = Object.fromEntries(new URLSearchParams(form.query));
      return post(`${to}/call`, { kind: 'route', method: route.method, path: form.path, query, body: form.body, headers: form.body ? [['content-type', 'application/json']] : [] });
    }), h('div', { class: 'body stack' },
      select('route', 'Route', routes.map((each, index) => [String(index), `${each.method} ${each.path}`]), () => { form.path = routes[Number(form.route)].path; update(); }),
      h('div', { class: 'row' }, field('path', 'Path'), field('query', 'Query', { placeholder: 'a=1&b=2' })),
      route.method === 'GET' ? null : area('body', 'Body', 6), answerOf(form.answers.route, choose))));
  }
  if (methods.length) {
    cards.push(card('Call a method', send('Call', 'method', () => {
      const input = parsed(form.input, 'the input');
      return post(`${to}/call`, { kind: 'method', name: form.method, arguments: [input ?? {}] });
    }), h('div', { class: 'body stack' },
      select('method', 'Method', methods.map((name) => [name, `${name}(input, ctx)`])), area('input', 'Input', 8), answerOf(form.answers.method, choose))));
  }
  if (jobs.length) {
    cards.push(card('Cron jobs', null, h('ul', { class: 'steps' }, jobs.map((job) => h('li', {},
      h('div', { class: 'line1' }, h('b', {}, job.name), h('code', { class: 'quiet' }, job.schedule),
        h('span', {}, h('button', { type: 'button', on: { click: act(`cron ${job.name}`, () => post(`${to}/call`, { kind: 'cron', name: job.name })) } }, 'Run now'))),
      answerOf(form.answers[`cron ${job.name}`], choose))))));
  }
  const targets = routes.filter((each) => each.method === 'POST' && each.path.includes('/webhook')).map((each) => [each.path, `POST ${each.path}`]);
  if (methods.includes('webhook')) targets.push(['', 'webhook({ rawBody, headers })']);
  if (targets.length) {
    const schemes = [['stripe', 'Stripe style (t=…,v1=…)'], ['github', 'sha256=HEX'], ['shopify', 'base64'], ['hmac', 'HMAC, hex'], ['standard', 'Standard Webhooks'], ['adyen', 'Adyen (in the body)'], ['none', 'Not signed (a forgery)']];
    cards.push(card('Webhook inbox', send('Deliver', 'webhook', () => post(`${to}/webhook`, {
      scheme: form.scheme, secret: form.secret, header: form.header, path: form.target, body: form.message, age: Number(form.age) || 0,
    })), h('div', { class: 'body stack' },
      h('div', { class: 'row' }, select('target', 'To', targets), select('scheme', 'Signature', schemes)),
      h('div', { class: 'row' }, select('secret', 'Secret', (plugin.secrets ?? []).map((name) => [name, name])), field('header', 'Header', { placeholder: 'usual name' }), field('age', 'Seconds late')),
      area('message', 'Body, sent as it stands', 8), answerOf(form.answers.webhook, choose))));
  }
  return [cards.length ? h('div', { class: 'flow' }, cards) : empty('Nothing to call', 'The manifest names no hooks, routes, jobs or methods.')];
}
