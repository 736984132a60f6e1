'use strict';

const fs = require('node:fs');

class Till {
  #coins = [];

  constructor(now = Date.now) {
    this.now = now;
  }

  add(amount, done) {
    setImmediate(() => {
      if (!(amount > 0)) return done(new RangeError('No amount.'));
      this.#coins.push(amount);
      return done(null, this.total());
    });
  }

  total() {
    return this.#coins.reduce((sum, one) => sum + one, 0);
  }

  async save(path) {
    await fs.promises.writeFile(path, JSON.stringify({ total: this.total(), at: this.now() }));
  }

  closeIn(ms, done) {
    return setTimeout(done, ms);
  }
}

module.exports = { Till };
