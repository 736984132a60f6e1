const { v4: uuidv4, v5, validate } = require('uuid');
const all = require('uuid');

exports.id = () => uuidv4();
exports.named = (name) => v5(name, v5.DNS);
exports.isId = (text) => validate(text) && all.version(text) === 4;
exports.nothing = all.NIL;
