const url = require('url');

const relative = url.parse('/path?a=1');
const inner = (request) => url.parse(request.url).pathname;
const shouted = url.parse('HTTP://Example.com:80/');
const whole = url.parse('https://example.com/a');
fetch(whole);
const empty = url.parse('https://example.com/a');
console.log(empty.search === null, empty.port ?? 80);
const noUser = url.parse('https://example.com/a');
if (noUser.auth) throw new Error('no names, please');
const asked = url.parse('https://example.com/a?b=1', true);
console.log(asked.query.b);
const written = url.parse('https://example.com/a');
written.pathname = '/b';
const odd = url.parse("https://example.com/it's|{odd}");
console.log(relative.path, inner, shouted.host, written.format(), odd.href);
