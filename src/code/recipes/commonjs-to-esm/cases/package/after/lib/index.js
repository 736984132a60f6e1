import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'util';

/**
 * The shop.
 */
import path from 'path';
import fs from 'fs';
import { EventEmitter } from 'events';
import config from './config.js';
import { price, total as sum } from './prices.js';
import Cart from './cart.js';

const require = createRequire(import.meta.url);
const __filename = fileURLToPath(import.meta.url);
const __dirname = dirname(fileURLToPath(import.meta.url));
const isMain = process.argv[1] !== undefined && createRequire(import.meta.url).resolve(process.argv[1]) === fileURLToPath(import.meta.url);
const data = require('../data/items.json');
import routes from './routes/index.js';
var debug = util.debuglog('shop'),
    count = 0;

export const start = function () {
  const items = data.items.map((one) => price(one));
  count++;
  debug('start %d', count);
  const cart = new Cart(items);
  console.log(config.name, sum(items), cart.size(), Object.keys(routes).join(), path.basename(__filename), fs.existsSync(path.join(__dirname, 'cart.js')));
  return cart;
};

export const emitter = new EventEmitter();
export { Cart };

if (isMain) start();

const exported = { start, emitter, Cart };
export default exported;
export { exported as 'module.exports' };
