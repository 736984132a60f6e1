const { v4 } = require('uuid');
const other = require('my-uuid/v4');
// uuid/v4 in a comment, and in text:
module.exports = { v4, other, text: `uuid/v4` };
