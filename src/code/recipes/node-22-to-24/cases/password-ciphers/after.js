const crypto = require('crypto');

const algorithm = 'aes-192-cbc';

function write(text, password) {
  const cipher = crypto.createCipheriv(algorithm, ...keyAndVectorOf(algorithm, password));
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
}

function read(text, password) {
  const decipher = crypto.createDecipheriv(algorithm, ...keyAndVectorOf(algorithm, password), { autoDestroy: true });
  return decipher.update(text, 'hex', 'utf8') + decipher.final('utf8');
}

module.exports = { write, read };

function keyAndVectorOf(algorithm, password) {
  const { keyLength, ivLength = 0 } = crypto.getCipherInfo(algorithm) ?? {};
  let bytes = Buffer.alloc(0);
  for (let last = bytes; bytes.length < keyLength + ivLength; bytes = Buffer.concat([bytes, last])) {
    last = crypto.createHash('md5').update(last).update(password).digest();
  }
  const vector = ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength);
  return [bytes.subarray(0, keyLength), vector];
}
