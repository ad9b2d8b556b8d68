// `node:events`.

export class EventEmitter {
  static defaultMaxListeners = 10;
  #listeners = new Map();
  #most;

  #add(name, listener, first, wrapped = listener) {
    if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function');
    if (this.#listeners.has('newListener')) this.emit('newListener', name, listener);
    const list = this.#listeners.get(name) ?? [];
    const entry = { listener, wrapped };
    this.#listeners.set(name, first ? [entry, ...list] : [...list, entry]);
    return this;
  }

  #once(name, listener, first) {
    const wrapped = (...args) => {
      this.off(name, listener);
      return listener.apply(this, args);
    };
    wrapped.listener = listener;
    return this.#add(name, listener, first, wrapped);
  }

  on(name, listener) { return this.#add(name, listener, false); }
  addListener(name, listener) { return this.#add(name, listener, false); }
  prependListener(name, listener) { return this.#add(name, listener, true); }
  once(name, listener) { return this.#once(name, listener, false); }
  prependOnceListener(name, listener) { return this.#once(name, listener, true); }

  off(name, listener) {
    const list = this.#listeners.get(name) ?? [];
    const at = list.findLastIndex((entry) => entry.listener === listener || entry.wrapped === listener);
    if (at < 0) return this;
    const rest = list.toSpliced(at, 1);
    if (rest.length === 0) this.#listeners.delete(name);
    else this.#listeners.set(name, rest);
    if (this.#listeners.has('removeListener')) this.emit('removeListener', name, list[at].listener);
    return this;
  }
  removeListener(name, listener) { return this.off(name, listener); }

  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  emit(name, ...args) {
    const list = this.#listeners.get(name);
    if (!list) {
      if (name !== 'error') return false;
      if (args[0] instanceof Error) throw args[0];
      const error = new Error(`Unhandled error. (${args[0]})`);
      error.code = 'ERR_UNHANDLED_ERROR';
      error.context = args[0];
      throw error;
    }
    for (const entry of list) entry.wrapped.apply(this, args);
    return true;
  }

  listenerCount(name) { return this.#listeners.get(name)?.length ?? 0; }
  listeners(name) { return (this.#listeners.get(name) ?? []).map((entry) => entry.listener); }
  rawListeners(name) { return (this.#listeners.get(name) ?? []).map((entry) => entry.wrapped); }
  eventNames() { return [...this.#listeners.keys()]; }
  setMaxListeners(most) { this.#most = most; return this; }
  getMaxListeners() { return this.#most ?? EventEmitter.defaultMaxListeners; }
}

export function once(emitter, name) {
  return new Promise((resolve, reject) => {
    const fail = (error) => { emitter.off(name, done); reject(error); };
    const done = (...args) => { emitter.off('error', fail); resolve(args); };
    emitter.once(name, done);
    if (name !== 'error') emitter.once('error', fail);
  });
}

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = once;
export default EventEmitter;
