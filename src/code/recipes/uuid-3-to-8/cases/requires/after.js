const { v4: uuid } = require('uuid');
let { v5 } = require('uuid'), more = 1;
module.exports = [uuid(), v5('a', v5.DNS), require('uuid').v1(), more];
