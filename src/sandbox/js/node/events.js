// `node:events`. A plain function, so that `EventEmitter.call(this)` of older code works, too.

const states = new WeakMap();

/** Listeners of this name see an error before those of `error`, and do not count as them. */
export const errorMonitor = Symbol('events.errorMonitor');

const coded = (error, code) => Object.assign(error, { code });

function stateOf(emitter) {
  let state = states.get(emitter);
  if (!state) states.set(emitter, state = { listeners: new Map(), most: undefined });
  return state;
}

export function EventEmitter() { stateOf(this); }
EventEmitter.defaultMaxListeners = 10;

function add(emitter, name, listener, first, wrapped = listener) {
  if (typeof listener !== 'function') {
    throw coded(new TypeError('The "listener" argument must be of type function'), 'ERR_INVALID_ARG_TYPE');
  }
  const { listeners } = stateOf(emitter);
  if (listeners.has('newListener')) emitter.emit('newListener', name, listener);
  const list = listeners.get(name) ?? [];
  const entry = { listener, wrapped };
  listeners.set(name, first ? [entry, ...list] : [...list, entry]);
  return emitter;
}

function addOnce(emitter, name, listener, first) {
  const wrapped = (...args) => {
    emitter.off(name, listener);
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return add(emitter, name, listener, first, wrapped);
}

const methods = {
  on(name, listener) { return add(this, name, listener, false); },
  prependListener(name, listener) { return add(this, name, listener, true); },
  once(name, listener) { return addOnce(this, name, listener, false); },
  prependOnceListener(name, listener) { return addOnce(this, name, listener, true); },

  off(name, listener) {
    const { listeners } = stateOf(this);
    const list = listeners.get(name) ?? [];
    const at = list.findLastIndex((entry) => entry.listener === listener || entry.wrapped === listener);
    if (at < 0) return this;
    const rest = list.toSpliced(at, 1);
    if (rest.length === 0) listeners.delete(name);
    else listeners.set(name, rest);
    if (listeners.has('removeListener')) this.emit('removeListener', name, list[at].listener);
    return this;
  },

  removeAllListeners(name) {
    if (name === undefined) stateOf(this).listeners.clear();
    else stateOf(this).listeners.delete(name);
    return this;
  },

  emit(name, ...args) {
    if (name === 'error') stateOf(this).listeners.get(errorMonitor)?.forEach((entry) => entry.wrapped.apply(this, args));
    const list = stateOf(this).listeners.get(name);
    if (!list) {
      if (name !== 'error') return false;
      if (args[0] instanceof Error) throw args[0];
      const error = coded(new Error(`Unhandled error. (${args[0]})`), 'ERR_UNHANDLED_ERROR');
      error.context = args[0];
      throw error;
    }
    for (const entry of list) entry.wrapped.apply(this, args);
    return true;
  },

  listenerCount(name, listener = undefined) {
    const list = stateOf(this).listeners.get(name) ?? [];
    return listener === undefined ? list.length : list.filter((entry) => entry.listener === listener).length;
  },
  listeners(name) { return (stateOf(this).listeners.get(name) ?? []).map((entry) => entry.listener); },
  rawListeners(name) { return (stateOf(this).listeners.get(name) ?? []).map((entry) => entry.wrapped); },
  eventNames() { return [...stateOf(this).listeners.keys()]; },
  setMaxListeners(most) { stateOf(this).most = most; return this; },
  getMaxListeners() { return stateOf(this).most ?? EventEmitter.defaultMaxListeners; },
};
methods.addListener = methods.on;
methods.removeListener = methods.off;
for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventEmitter.prototype, name, { value, writable: true, configurable: true, enumerable: false });
}

// Listens at an emitter or an EventTarget; gives what undoes it.
function listen(source, name, listener) {
  if (typeof source?.on === 'function') {
    source.on(name, listener);
    return () => source.off(name, listener);
  }
  if (typeof source?.addEventListener !== 'function') {
    throw coded(new TypeError('The "emitter" argument must be an instance of EventEmitter or EventTarget'), 'ERR_INVALID_ARG_TYPE');
  }
  source.addEventListener(name, listener);
  return () => source.removeEventListener(name, listener);
}

function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  error.name = 'AbortError';
  return coded(error, 'ABORT_ERR');
}

/** The arguments of the next event, as a promise. */
export function once(emitter, name, { signal = undefined } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw abortError(signal);
    const undo = [];
    const end = (settle) => (...args) => {
      for (const step of undo) step();
      settle(args);
    };
    undo.push(listen(emitter, name, end(resolve)));
    if (name !== 'error' && typeof emitter.on === 'function') undo.push(listen(emitter, 'error', end(([error]) => reject(error))));
    if (signal) undo.push(listen(signal, 'abort', end(() => reject(abortError(signal)))));
  });
}

/** Every event from now on, as an async iterator. */
export function on(emitter, name, { signal = undefined } = {}) {
  if (signal?.aborted) throw abortError(signal);
  const [arrived, waiting, undo] = [[], [], []];
  let failure = null;
  let ended = false;
  const end = () => {
    ended = true;
    for (const step of undo) step();
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    const next = waiting.shift();
    if (next) next.reject(error);
    else failure = { error };
    end();
  };
  undo.push(listen(emitter, name, (...args) => {
    const next = waiting.shift();
    if (next) next.resolve({ value: args, done: false });
    else arrived.push(args);
  }));
  if (name !== 'error' && typeof emitter.on === 'function') undo.push(listen(emitter, 'error', fail));
  if (signal) undo.push(listen(signal, 'abort', () => fail(abortError(signal))));
  return {
    next() {
      if (arrived.length > 0) return Promise.resolve({ value: arrived.shift(), done: false });
      if (failure) {
        const { error } = failure;
        failure = null;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
    },
    return() {
      end();
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) {
      fail(error);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() { return this; },
  };
}

export const getEventListeners = (emitter, name) => emitter.listeners(name);
export const listenerCount = (emitter, name) => emitter.listenerCount(name);

Object.assign(EventEmitter, { EventEmitter, errorMonitor, getEventListeners, listenerCount, on, once });
export default EventEmitter;
