const { deadline } = require('@parcels/rates');

exports.isLate = (waitedMs) => waitedMs > deadline('2 days');
