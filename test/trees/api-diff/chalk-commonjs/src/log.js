const chalk = require('chalk'); // breaks at run time

exports.info = (text) => chalk.blue(text); // breaks at run time
exports.warn = (text) => chalk.keyword('orange')(text); // breaks at run time
exports.debug = (text) => chalk.gray(`debug ${text}`); // breaks at run time
