const url = require('url');
const { parse: parseAddress } = require('node:url');

const home = 'https://api.example.com:8443/v1/items?page=2#top';
const address = url.parse(home);
const { hostname, path: target, query } = address;
console.log(address.protocol, address.host, address.port, address.search, hostname, target, query);

const bare = parseAddress('http://localhost/');
const port = bare.port || 80;
if (!bare.hash) console.log(bare.auth, port);

const secured = url.parse('https://user:word@example.com/');
console.log(secured.auth);

module.exports = url.parse('http://[::1]:3000/status').hostname;
