const crypto = require('node:crypto');
const tls = require('node:tls');

if (!crypto.getFips()) crypto.setFips(crypto.getFips() || process.env.FIPS === '1');
const socket = new tls.TLSSocket(underlyingSocket, { secureContext: tls.createSecureContext({}), isServer: true });
const secret = crypto.createCipher('aes192', 'password');
module.exports = { pair: socket, secret };
