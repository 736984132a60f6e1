module.exports = [{ name: 'one', sum: 1 }];
