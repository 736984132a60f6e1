const timers = require('node:timers');
const { unenroll: stop } = require('timers');

class Connection {
  constructor(idleMs) {
    this._idleTimeout = idleMs;
    if (this.timeout != null) {
      clearTimeout(this.timeout);
    }

    this.timeout = setTimeout(() => {
      if (typeof this._onTimeout === 'function') {
        this._onTimeout();
      }
    }, this._idleTimeout);
  }

  _onTimeout() {
    this.end();
  }

  touch() {
    if (this.timeout != null) {
      clearTimeout(this.timeout);
    }

    this.timeout = setTimeout(() => {
      if (typeof this._onTimeout === 'function') {
        this._onTimeout();
      }
    }, this._idleTimeout);
    this.timeout.unref?.();
  }

  end() {
    clearTimeout(this.timeout);
    delete this.timeout;
  }
}

module.exports = { Connection };
