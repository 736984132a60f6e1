const timers = require('timers');

function wait(request) {
  request.timeout = 500;
  timers.enroll(request, request.timeout);
  timers.active(request);
}

module.exports = wait;
