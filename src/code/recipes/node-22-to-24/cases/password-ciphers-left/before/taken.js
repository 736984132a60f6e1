const crypto = require('crypto');
const keyAndVectorOf = () => [];

module.exports = (password) => crypto.createCipher('aes256', password, keyAndVectorOf());
