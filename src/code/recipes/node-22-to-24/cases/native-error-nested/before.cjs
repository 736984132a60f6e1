const {
  types: { isNativeError, isMap },
} = require('util');

module.exports = (value) => isNativeError(value) || isMap(value);
