// Prices in cents.

function price(item) { return item.price * 100; }
const total = (all) => all.reduce((sum, one) => sum + one, 0);

export {
  // one
  price,
  total,
};
