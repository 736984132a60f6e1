'use strict';

const { makeLabel } = require('@parcels/labels');
const { createApp } = require('./app.js');

import('@parcels/parcels').then(({ openShelf }) => {
  createApp(openShelf(), makeLabel).listen(Number(process.env.PORT ?? 3000));
});
