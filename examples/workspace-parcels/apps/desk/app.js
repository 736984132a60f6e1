'use strict';

const express = require('express');
const { shopId } = require('@parcels/ids');

/** The desk over HTTP: `shelf` keeps the parcels, `makeLabel` prints. */
exports.createApp = (shelf, makeLabel) => {
  const app = express();
  app.use(express.json());

  app.post('/parcels', (req, res) => {
    const { shop, weightGrams, to = [] } = req.body;
    if (!(weightGrams > 0)) return res.json({ error: 'weightGrams' }, 422);
    const parcel = shelf.add({ shop: shopId(shop), weightGrams });
    res.status(201).json({ ...parcel, label: makeLabel(parcel.id, to) });
  });

  app.get('/parcels/:id/:detail?', (req, res) => {
    const parcel = shelf.find(req.params.id);
    if (parcel === undefined) return res.send(404);
    res.json(req.params.detail === 'steps' ? parcel.steps : parcel);
  });

  app.del('/parcels/:id', (req, res) => {
    res.sendStatus(shelf.remove(req.params.id) ? 204 : 404);
  });

  app.get('/shops/:name', (req, res) => {
    res.json({ id: shopId(req.params.name) });
  });

  return app;
};
