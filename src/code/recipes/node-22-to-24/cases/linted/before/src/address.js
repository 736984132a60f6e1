const url = require('url');
const timers = require('timers');

const home = url.parse('https://example.com/a');
const item = { _idleTimeout: 10, _onTimeout() {} };
timers.active(item);

module.exports = { home: home.href, item };
