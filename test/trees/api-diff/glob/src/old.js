const glob = require('glob');
const { promisify } = require('util');

exports.find = promisify(glob); // breaks at run time
exports.list = (pattern) => glob.sync(pattern);
