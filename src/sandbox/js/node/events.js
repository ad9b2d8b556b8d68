// `node:events`. A plain function, so that `EventEmitter.call(this)` of older code works, too.

const states = new WeakMap();

function stateOf(emitter) {
  let state = states.get(emitter);
  if (!state) states.set(emitter, state = { listeners: new Map(), most: undefined });
  return state;
}

export function EventEmitter() { stateOf(this); }
EventEmitter.defaultMaxListeners = 10;

function add(emitter, name, listener, first, wrapped = listener) {
  if (typeof listener !== 'function') {
    const error = new TypeError('The "listener" argument must be of type function');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
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
    const list = stateOf(this).listeners.get(name);
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
  },

  listenerCount(name) { return stateOf(this).listeners.get(name)?.length ?? 0; },
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
