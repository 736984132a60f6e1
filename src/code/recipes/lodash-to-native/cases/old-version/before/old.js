var _ = require('lodash');
module.exports = _.isArray(1);
