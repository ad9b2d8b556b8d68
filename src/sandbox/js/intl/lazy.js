// `Intl` and the methods that speak it, loaded when one of them is first used.

import { loadModule } from 'daino:internal/host';

const { defineProperty } = Object;
const { apply } = Reflect;

function install() {
  loadModule('daino:internal/intl').install();
}

/** Sets what loads the rest. */
export function installLazily() {
  defineProperty(globalThis, 'Intl', {
    get() {
      install();
      return globalThis.Intl;
    },
    set(value) { defineProperty(globalThis, 'Intl', { value, writable: true, configurable: true, enumerable: false }); },
    configurable: true,
    enumerable: false,
  });
  const methods = [
    [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
    [Number.prototype, ['toLocaleString']],
    [BigInt.prototype, ['toLocaleString']],
  ];
  for (const [prototype, names] of methods) {
    for (const name of names) {
      // A method, as the language's own are: with this name, and no constructor.
      const { [name]: value } = {
        [name](...args) {
          install();
          return apply(prototype[name], this, args);
        },
      };
      defineProperty(prototype, name, { value, writable: true, configurable: true });
    }
  }
}
