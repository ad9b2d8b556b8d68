// Events counted in memory until they are written: many views become one row.

/** Write after so many events. */
export const MAX_EVENTS = 50;
/** Write after so many milliseconds. */
export const MAX_AGE = 5_000;
/** Hold at most so many different counts, also while the database is away. */
export const MAX_COUNTS = 1_000;

export class Batch {
  #counts = new Map();
  #events = 0;
  #since = 0;

  /** Adds an event; false when there is no room. */
  add(event, now, times = 1) {
    const key = JSON.stringify([event.day, event.event, event.subject, event.currency]);
    const known = this.#counts.get(key);
    if (!known && this.#counts.size >= MAX_COUNTS) return false;
    if (this.#events === 0) this.#since = now;
    this.#events += times;
    if (known) {
      known.count += times;
      known.value += event.value;
    } else {
      this.#counts.set(key, { ...event, count: times });
    }
    return true;
  }

  isDue(now) {
    return this.#events >= MAX_EVENTS || (this.#events > 0 && now - this.#since >= MAX_AGE);
  }

  /** Takes all counts out. */
  take() {
    const counts = [...this.#counts.values()];
    this.#counts.clear();
    this.#events = 0;
    return counts;
  }
}
