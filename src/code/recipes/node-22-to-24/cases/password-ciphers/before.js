const crypto = require('crypto');

const algorithm = 'aes-192-cbc';

function write(text, password) {
  const cipher = crypto.createCipher(algorithm, password);
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
}

function read(text, password) {
  const decipher = crypto.createDecipher(algorithm, password, { autoDestroy: true });
  return decipher.update(text, 'hex', 'utf8') + decipher.final('utf8');
}

module.exports = { write, read };
