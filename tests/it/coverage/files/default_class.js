export default class extends Array {
  static kind = 'list';
  size() { return this.length; }
}
export const run = () => 1;
