class Shop {
  constructor(name) { this.name = name; }
  open() { return `${this.name} is open`; }
  static find(name) { return new Shop(name); }
}
module.exports = Shop;
