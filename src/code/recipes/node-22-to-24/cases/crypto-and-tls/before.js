const crypto = require('node:crypto');
const tls = require('node:tls');

if (!crypto.fips) crypto.fips = crypto.fips || process.env.FIPS === '1';
const pair = tls.createSecurePair(tls.createSecureContext({}), true);
const secret = crypto.createCipher('aes192', 'password');
module.exports = { pair, secret };
