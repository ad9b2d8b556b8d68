// `Event`, `EventTarget`, `AbortController` and `AbortSignal`.

import { setTimeout } from 'daino:internal/timers';

export class Event {
  #type;
  #prevented = false;
  stopped = false;
  target = null;
  currentTarget = null;

  constructor(type, { bubbles = false, cancelable = false } = {}) {
    this.#type = `${type}`;
    this.bubbles = Boolean(bubbles);
    this.cancelable = Boolean(cancelable);
    Object.defineProperty(this, 'stopped', { enumerable: false });
  }

  get type() { return this.#type; }
  get defaultPrevented() { return this.#prevented; }
  preventDefault() { if (this.cancelable) this.#prevented = true; }
  stopPropagation() {}
  stopImmediatePropagation() { this.stopped = true; }
}

export class CustomEvent extends Event {
  constructor(type, options = {}) {
    super(type, options);
    this.detail = options.detail ?? null;
  }
}

export class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener, options) {
    if (typeof listener !== 'function' && typeof listener?.handleEvent !== 'function') return;
    const list = this.#listeners.get(`${type}`) ?? [];
    if (list.some((entry) => entry.listener === listener)) return;
    this.#listeners.set(`${type}`, [...list, { listener, once: options?.once === true }]);
    options?.signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }

  removeEventListener(type, listener) {
    const list = this.#listeners.get(`${type}`);
    if (list) this.#listeners.set(`${type}`, list.filter((entry) => entry.listener !== listener));
  }

  dispatchEvent(event) {
    event.target = this;
    event.currentTarget = this;
    const handler = this[`on${event.type}`];
    if (typeof handler === 'function') handler.call(this, event);
    for (const entry of this.#listeners.get(event.type) ?? []) {
      if (event.stopped) break;
      if (entry.once) this.removeEventListener(event.type, entry.listener);
      if (typeof entry.listener === 'function') entry.listener.call(this, event);
      else entry.listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

let abort;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason;
  onabort = null;

  static {
    abort = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      signal.dispatchEvent(new Event('abort'));
    };
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }

  static abort(reason) {
    const signal = new AbortSignal();
    abort(signal, reason);
    return signal;
  }

  static timeout(millis) {
    const signal = new AbortSignal();
    setTimeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), millis);
    return signal;
  }

  static any(signals) {
    const joined = new AbortSignal();
    for (const signal of signals) {
      if (signal.aborted) {
        abort(joined, signal.reason);
        break;
      }
      signal.addEventListener('abort', () => abort(joined, signal.reason), { once: true });
    }
    return joined;
  }
}

export class AbortController {
  #signal = new AbortSignal();
  get signal() { return this.#signal; }
  abort(reason) { abort(this.#signal, reason); }
}
