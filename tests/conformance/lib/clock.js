export class Clock {
  #start = 100;
  now() { return this.#start; }
  static at(time) { return time; }
  get year() { return 2020; }
}
export const kind = 'real';
