const { format } = require('url');

module.exports = (host, parts, query) => [
  format(parts),
  format(new URL('https://example.com/'), { fragment: false }),
  format({ protocol: 'https', host, pathname: '/' }),
  format({ protocol: 'https', hostname: 'example.com' }),
  format({ protocol: 'https', host: 'example.com:443', pathname: '/' }),
  format({ protocol: 'https', host: 'example.com', pathname: '/', query }),
  format({ protocol: 'https', host: 'example.com', pathname: '/a b' }),
  format({ pathname: '/a', search: '?b' }),
];
