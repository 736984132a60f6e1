const uuid = require('uuid/v4');
let v5 = require('uuid/v5.js'), more = 1;
module.exports = [uuid(), v5('a', v5.DNS), require('uuid/v1')(), more];
