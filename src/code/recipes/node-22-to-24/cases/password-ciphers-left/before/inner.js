const crypto = require('crypto');

module.exports = (options) => {
  const { createCipher } = require('crypto');
  return [createCipher('aes256', 'a'), crypto.createCipher(options.next(), 'a'), crypto.createCipher];
};
