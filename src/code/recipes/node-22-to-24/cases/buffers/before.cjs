const { SlowBuffer } = require('buffer');

const slow = new SlowBuffer(64);
const sized = new Buffer(10);
const text = new Buffer('abc', 'utf8');
const bytes = Buffer([1, 2]);
module.exports = (input) => [slow, sized, text, bytes, new Buffer(input)];
