// Not ours, and not linted.
var unused = new Buffer('x');
