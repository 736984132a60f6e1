'use strict';

module.exports = [
  { name: 'one coin', coins: [1], total: 1 },
  { name: 'several coins', coins: [1, 2, 5], total: 8 },
];
