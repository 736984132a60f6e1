const Cart = require('../cart');
module.exports = function items() { return Cart.empty(); };
