const { generateKeyPairSync } = require('crypto');

const key = 'hashAlgorithm';
const shared = 'mgf1Hash';
const salt = 'saltLength';
generateKeyPairSync('rsa-pss', { [key]: 'sha256', [salt]: 32, mgf1HashAlgorithm: 'sha1' });
generateKeyPairSync('rsa-pss', { mgf1HashAlgorithm: 'sha1' });
console.log(shared);

function options() {
  return { modulusLength: 2048, hashAlgorithm: 'sha256' };
}
const short = () => ({ mgf1HashAlgorithm: 'sha1' });
generateKeyPairSync('rsa-pss', options());
generateKeyPairSync('rsa-pss', process.env.FIPS ? short() : { ...options(), hashAlgorithm: 'sha512' });

function both() {
  return { hash: 'sha256' };
}
generateKeyPairSync('rsa-pss', both());
console.log(both());

class Keys {
  options = { hashAlgorithm: 'sha256' };

  setHash(hash) {
    this.options.hashAlgorithm = hash;
    this.options = { ...this.options };
  }

  other() {
    return { hash: this.hash };
  }

  make(name) {
    generateKeyPairSync('rsa-pss', { [name]: 'sha1' });
    return generateKeyPairSync('rsa-pss', this.options);
  }
}

const service = {
  config: { mgf1HashAlgorithm: 'sha1' },
  init: function () {
    this.config.hashAlgorithm = 'sha1';
  },
  make() {
    return generateKeyPairSync('rsa-pss', this.config);
  },
};

module.exports = { Keys, service };
