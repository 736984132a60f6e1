const chalk = require('chalk'); // breaks at run time

exports.info = (text) => chalk.blue(text);
exports.warn = (text) => chalk.keyword('orange')(text); // breaks at run time
exports.debug = (text) => chalk.gray(`debug ${text}`);
