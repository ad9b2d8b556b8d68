// Draws one component in a frame of its own, with the names that DainoStore injects. What it asks
// of the shop goes to the page as a message; there is no other way out of here.
'use strict';
(() => {
  const given = JSON.parse(document.getElementById('given').textContent);
  const nonce = document.currentScript.nonce;
  const { React, ReactDOM } = window;
  const e = React.createElement;
  const page = window.parent;
  const tell = (message) => page.postMessage({ daino: true, ...message }, '*');
  const words = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const failed = (error) => tell({ type: 'failed', text: words(error).slice(0, 2000) });
  window.addEventListener('error', (event) => failed(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => failed(event.reason));

  // Storage of a frame without an origin throws; the host's own keys are there.
  const kept = new Map([['selectedStoreId', String(given.storeId ?? '')]]);
  const storage = {
    getItem: (key) => kept.get(String(key)) ?? null,
    setItem: (key, value) => { kept.set(String(key), String(value)); },
    removeItem: (key) => { kept.delete(String(key)); },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() { return kept.size; },
  };
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { value: storage });

  // Requests, by message.
  const waiting = new Map();
  let last = 0;
  function ask(method, address, headers, body) {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      tell({ type: 'request', id, method, address, headers, body });
    });
  }
  window.fetch = async (input, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers ?? {}).entries());
    const answer = await ask((init.method ?? 'GET').toUpperCase(), String(input?.url ?? input), headers, init.body === undefined || init.body === null ? '' : String(init.body));
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { 'content-type': 'application/json' } });
  };
  async function client(method, path, body) {
    const headers = { 'x-store-id': String(given.storeId ?? ''), 'content-type': 'application/json' };
    const answer = await ask(method, `/api/${String(path).replace(/^\/+/, '')}`, headers, body === undefined ? '' : JSON.stringify(body));
    if (answer.status >= 400) throw new Error(answer.body?.error ?? `the shop answered with ${answer.status}`);
    // The host unwraps lists.
    return method === 'GET' && Array.isArray(answer.body?.data) ? answer.body.data : answer.body;
  }
  const apiClient = {
    get: (path) => client('GET', path), delete: (path) => client('DELETE', path),
    post: (path, body) => client('POST', path, body), put: (path, body) => client('PUT', path, body), patch: (path, body) => client('PATCH', path, body),
  };

  // Simple forms of the host's parts: the same names and children, not its looks.
  const box = (tag, name) => function Part({ className = '', variant, size, children, ...rest }) {
    const more = variant ? ` ui-${variant}` : '';
    return e(tag, { ...rest, className: `${name}${more} ${className}`.trim() }, children);
  };
  const icon = (name) => function Icon({ className = '', size = 16 }) {
    return e('svg', { width: size, height: size, viewBox: '0 0 16 16', className, role: 'img', 'aria-label': name },
      e('rect', { x: 1.5, y: 1.5, width: 13, height: 13, rx: 3, fill: 'none', stroke: 'currentColor' }), e('title', null, name));
  };
  const icons = new Proxy({}, { get: (made, name) => (made[name] ??= icon(String(name))) });
  const known = {
    React, useState: React.useState, useEffect: React.useEffect, useCallback: React.useCallback, useMemo: React.useMemo, apiClient,
    Card: box('div', 'ui-card'), CardContent: box('div', 'ui-card-content'), CardHeader: box('div', 'ui-card-header'), CardTitle: box('h3', 'ui-card-title'),
    Button: box('button', 'ui-button'), Badge: box('span', 'ui-badge'), LucideIcons: icons,
    Input: ({ className = '', ...rest }) => e('input', { ...rest, className: `ui-input ${className}`.trim() }),
    Checkbox: ({ checked, onCheckedChange, className = '', ...rest }) => e('input', { ...rest, type: 'checkbox', className: `ui-checkbox ${className}`.trim(), checked, onChange: (event) => onCheckedChange?.(event.target.checked) }),
  };

  // The host takes the first function for the component, and hands names in as parameters: one that
  // is declared again is a syntax error there, and so it is here.
  function read() {
    const [, declared, constant] = /(?:function\s+([A-Za-z_$][\w$]*)\s*\(|const\s+([A-Za-z_$][\w$]*)\s*=\s*(?:\(|function\b))/.exec(given.code) ?? [];
    const name = declared ?? constant;
    if (!name) throw new Error('the host sees no component here; it looks for `function X(` or `const X = (`');
    const script = document.createElement('script');
    script.nonce = nonce;
    let syntax = null;
    const listen = (event) => { syntax = event.error ?? new SyntaxError(event.message); event.stopImmediatePropagation(); };
    window.addEventListener('error', listen, true);
    script.textContent = `window.__component = function (${given.injected.join(', ')}) {\n${given.code}\nreturn ${name};\n};`;
    document.head.append(script);
    window.removeEventListener('error', listen, true);
    if (typeof window.__component !== 'function') throw syntax ?? new SyntaxError('the component does not parse');
    return window.__component(...given.injected.map((each) => known[each] ?? icons[each]));
  }

  class Boundary extends React.Component {
    constructor(props) { super(props); this.state = { error: null }; }
    static getDerivedStateFromError(error) { return { error }; }
    componentDidCatch(error) { failed(error); }
    render() { return this.state.error ? e('p', { className: 'ui-failed', role: 'alert' }, words(this.state.error)) : this.props.children; }
  }

  const place = document.getElementById('root');
  const root = ReactDOM.createRoot(place);
  let Component = null;
  let shown = 0;
  function draw(props) {
    shown += 1;
    root.render(e(Boundary, { key: shown }, e(Component, props)));
  }
  window.addEventListener('message', (event) => {
    if (event.source !== page || event.data?.daino !== true) return;
    const { type, id, props, answer } = event.data;
    if (type === 'show' && Component) draw(props ?? {});
    if (type === 'answer' && waiting.has(id)) {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (answer.refused) reject(new TypeError(answer.refused)); else resolve(answer);
    }
  });
  new ResizeObserver(() => tell({ type: 'size', height: Math.ceil(place.getBoundingClientRect().height) + 36 })).observe(place);
  try { Component = read(); tell({ type: 'ready' }); } catch (error) {
    place.append(Object.assign(document.createElement('p'), { className: 'ui-failed', textContent: words(error) }));
    failed(error);
  }
})();
