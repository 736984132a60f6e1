const timers = require('node:timers');
const { parse } = require('url');
const punycode = require('punycode');

timers.enroll({}, 10);
process.binding('fs');
module.exports = (address) => punycode.encode(parse(address).hostname);
