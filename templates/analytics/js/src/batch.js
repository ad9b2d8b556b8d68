// Events counted in memory until they are written: many views become one row. The first event after
// a pause is due at once, so a quiet shop loses nothing; a busy one writes every few seconds.

/** Write after so many events. */
export const MAX_EVENTS = 50;
/** Write at most every so many milliseconds, unless there are many events. */
export const MAX_AGE = 5_000;
/** Hold at most so many different counts, also while the database is away. */
export const MAX_COUNTS = 1_000;

export class Batch {
  #counts = new Map();
  #events = 0;
  #taken = Number.NEGATIVE_INFINITY;

  /** Adds an event; false when there is no room. */
  add(event, times = 1) {
    const key = JSON.stringify([event.day, event.event, event.subject, event.currency]);
    const known = this.#counts.get(key);
    if (!known && this.#counts.size >= MAX_COUNTS) return false;
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
    return this.#events >= MAX_EVENTS || (this.#events > 0 && now - this.#taken >= MAX_AGE);
  }

  /** Takes all counts out. */
  take(now) {
    const counts = [...this.#counts.values()];
    this.#counts.clear();
    this.#events = 0;
    this.#taken = now;
    return counts;
  }
}
