const { generateKeyPairSync } = require('crypto');

const key = 'hash';
const shared = 'mgf1Hash';
const salt = 'saltLength';
generateKeyPairSync('rsa-pss', { [key]: 'sha256', [salt]: 32, ['mgf1' + 'Hash']: 'sha1' });
generateKeyPairSync('rsa-pss', { [shared]: 'sha1' });
console.log(shared);

function options() {
  return { modulusLength: 2048, hash: 'sha256' };
}
const short = () => ({ mgf1Hash: 'sha1' });
generateKeyPairSync('rsa-pss', options());
generateKeyPairSync('rsa-pss', process.env.FIPS ? short() : { ...options(), hash: 'sha512' });

function both() {
  return { hash: 'sha256' };
}
generateKeyPairSync('rsa-pss', both());
console.log(both());

class Keys {
  options = { hash: 'sha256' };

  setHash(hash) {
    this.options.hash = hash;
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
  config: { mgf1Hash: 'sha1' },
  init: function () {
    this.config.hash = 'sha1';
  },
  make() {
    return generateKeyPairSync('rsa-pss', this.config);
  },
};

module.exports = { Keys, service };
