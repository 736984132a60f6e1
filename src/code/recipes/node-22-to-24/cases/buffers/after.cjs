const { Buffer } = require('buffer');

const slow = Buffer.allocUnsafeSlow(64);
const sized = Buffer.alloc(10);
const text = Buffer.from('abc', 'utf8');
const bytes = Buffer.from([1, 2]);
module.exports = (input) => [slow, sized, text, bytes, new Buffer(input)];
