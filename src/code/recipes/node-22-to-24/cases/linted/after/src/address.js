
const home = new URL('https://example.com/a');
const item = { _idleTimeout: 10, _onTimeout() {} };
if (item.timeout != null) {
  clearTimeout(item.timeout);
}

item.timeout = setTimeout(() => {
  if (typeof item._onTimeout === 'function') {
    item._onTimeout();
  }
}, item._idleTimeout);

module.exports = { home: home.href, item };
