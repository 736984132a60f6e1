const crypto = require('node:crypto');
const tls = require('node:tls');

if (!crypto.getFips()) crypto.setFips(crypto.getFips() || process.env.FIPS === '1');
const socket = new tls.TLSSocket(underlyingSocket, { secureContext: tls.createSecureContext({}), isServer: true });
const secret = crypto.createCipheriv('aes192', ...keyAndVectorOf('aes192', 'password'));
module.exports = { pair: socket, secret };

function keyAndVectorOf(algorithm, password) {
  const { keyLength, ivLength = 0 } = crypto.getCipherInfo(algorithm) ?? {};
  let bytes = Buffer.alloc(0);
  for (let last = bytes; bytes.length < keyLength + ivLength; bytes = Buffer.concat([bytes, last])) {
    last = crypto.createHash('md5').update(last).update(password).digest();
  }
  const vector = ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength);
  return [bytes.subarray(0, keyLength), vector];
}
