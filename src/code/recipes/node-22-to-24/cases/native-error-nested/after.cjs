const {
  types: { isMap },
} = require('util');

module.exports = (value) => Error.isError(value) || isMap(value);
