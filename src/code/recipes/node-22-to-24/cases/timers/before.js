const timers = require('node:timers');
const { unenroll: stop } = require('timers');

class Connection {
  constructor(idleMs) {
    timers.enroll(this, idleMs);
    timers.active(this);
  }

  _onTimeout() {
    this.end();
  }

  touch() {
    timers._unrefActive(this);
  }

  end() {
    stop(this);
  }
}

module.exports = { Connection };
