export default class Cart {
  constructor(items) { this.items = items; }
  size() { return this.items.length; }
}
Cart.empty = () => new Cart([]);
