const url = require('url');
const { parse: parseAddress } = require('node:url');

const home = 'https://api.example.com:8443/v1/items?page=2#top';
const address = new URL(home);
const hostname = address.hostname.replace(/^\[|\]$/, ''), target = `${address.pathname}${address.search}`, query = address.search.slice(1);
console.log(address.protocol, address.host, address.port, address.search, hostname, target, query);

const bare = new URL('http://localhost/');
const port = bare.port || 80;
if (!bare.hash) console.log(`${bare.username}:${bare.password}`, port);

const secured = new URL('https://user:word@example.com/');
console.log(`${secured.username}:${secured.password}`);

module.exports = new URL('http://[::1]:3000/status').hostname.slice(1, -1);
