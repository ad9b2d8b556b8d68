// The natives as a module. The worker puts them on the global object for this one moment.

const natives = globalThis.__daino_native;
delete globalThis.__daino_native;

export const {
  NAMES
} = natives;
