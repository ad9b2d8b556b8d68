// `structuredClone`: a deep copy of data; functions, symbols and class behaviour do not survive.

import { dateTime, kindOf, mapEntries, setValues } from 'daino:internal/primordials';

const refuse = (what) => { throw new DOMException(`${what} could not be cloned`, 'DataCloneError'); };
const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const VIEWS = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
};

function copyError(value, copy) {
  const made = new (ERRORS[value.name] ?? Error)(value.message);
  if ('cause' in value) made.cause = copy(value.cause);
  Object.defineProperty(made, 'stack', { value: value.stack, configurable: true, writable: true });
  return made;
}

function copyObject(value, seen, copy) {
  const keep = (made) => { seen.set(value, made); return made; };
  const kind = kindOf(value);
  switch (kind) {
    case 'Function': return refuse(`${value.name || 'a function'}`);
    case 'Promise': case 'WeakMap': case 'WeakSet': return refuse(`#<${kind}>`);
    case 'Date': return keep(new Date(dateTime(value)));
    case 'RegExp': return keep(new RegExp(value.source, value.flags));
    case 'Number': case 'String': case 'Boolean': case 'BigInt': return keep(Object(value.valueOf()));
    case 'Symbol': return refuse('a symbol');
    case 'Error': return keep(copyError(value, copy));
    case 'ArrayBuffer': return keep(value.slice(0));
    case 'Map': {
      const made = keep(new Map());
      for (const [k, v] of [...mapEntries(value)]) made.set(copy(k), copy(v));
      return made;
    }
    case 'Set': {
      const made = keep(new Set());
      for (const item of [...setValues(value)]) made.add(copy(item));
      return made;
    }
    default: break;
  }
  if (VIEWS[kind]) {
    const size = kind === 'DataView' ? value.byteLength : value.length;
    return keep(new VIEWS[kind](copy(value.buffer), value.byteOffset, size));
  }
  const made = keep(kind === 'Array' ? new Array(value.length) : {});
  for (const key of Object.keys(value)) made[key] = copy(value[key]);
  return made;
}

/** A deep copy; a DataCloneError for what is not data. */
export function structuredClone(value, options) {
  if (options?.transfer?.length > 0) throw new DOMException('transfer is not available', 'DataCloneError');
  const seen = new Map();
  const copy = (item) => {
    if (typeof item === 'symbol') return refuse('a symbol');
    if (item === null || (typeof item !== 'object' && typeof item !== 'function')) return item;
    return seen.get(item) ?? copyObject(item, seen, copy);
  };
  return copy(value);
}
