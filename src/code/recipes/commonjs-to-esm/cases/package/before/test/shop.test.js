const test = require('node:test');
const assert = require('assert').strict;
const shop = require('..');
const { mail } = require('../lib/routes').orders;

test('starts', () => { assert.equal(shop.start().size(), 2); });
test('mails', () => { assert.equal(mail().trim(), '0'); });
