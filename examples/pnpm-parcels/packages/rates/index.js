const debug = require('debug')('rates');
const ms = require('ms');

exports.deadline = (text) => {
  debug('deadline %s', text);
  return ms(text);
};
