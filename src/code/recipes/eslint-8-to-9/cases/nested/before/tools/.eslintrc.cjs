const strict = require('./strict.cjs');

module.exports = { root: true, ...strict };
