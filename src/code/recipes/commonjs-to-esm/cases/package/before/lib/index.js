'use strict';

/**
 * The shop.
 */
const path = require('path'), fs = require('fs');
const { EventEmitter } = require('events');
const config = require('./config');
const { price, total: sum } = require('./prices');
const Cart = require('./cart');
const data = require('../data/items.json');
var debug = require('util').debuglog('shop'),
    routes = require('./routes'),
    count = 0;

exports.start = function () {
  const items = data.items.map((one) => price(one));
  count++;
  debug('start %d', count);
  const cart = new Cart(items);
  console.log(config.name, sum(items), cart.size(), Object.keys(routes).join(), path.basename(__filename), fs.existsSync(path.join(__dirname, 'cart.js')));
  return cart;
};

exports.emitter = new EventEmitter();
exports.Cart = Cart;

if (require.main === module) exports.start();
