const { deadline } = require('@parcels/rates');
const ms = require('ms');

exports.isLate = (waitedMs) => waitedMs > deadline('2 days');
exports.waited = (waitedMs) => ms(waitedMs);
