import test from 'node:test';
import { strict as assert } from 'assert';
import * as shop from '../lib/index.js';
import routes from '../lib/routes/index.js';
const { mail } = routes.orders;

test('starts', () => { assert.equal(shop.start().size(), 2); });
test('mails', () => { assert.equal(mail().trim(), '0'); });
