const { active, enroll } = require('timers');

const all = [{}, {}];
all.forEach(active);
let one = all[0];
one = all[1];
enroll(one, 10);
if (all.length > 1) active(all[0]);
const local = { active() {} };
local.active(one);
