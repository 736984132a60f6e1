'use strict';
module.exports = class Cart {
  constructor(items) { this.items = items; }
  size() { return this.items.length; }
};
module.exports.empty = () => new module.exports([]);
