const execa = require('execa'); // breaks at run time
const { sync } = require('execa'); // breaks at run time

exports.branch = async () => (await execa('git', ['branch'])).stdout; // breaks at run time
exports.status = () => sync('git', ['status']).stdout; // breaks at run time
