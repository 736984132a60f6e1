const express = require('express');
const { products, productBySku } = require('../data/products');
const { listRoutes } = require('./routes');

/** The back office: older than the rest, and in plain JavaScript. */
module.exports = function office(orders) {
  const app = express();
  const stock = new Map(products.map(({ sku }) => [sku, 10]));

  app.param(':sku', function (req, res, next, sku) {
    req.product = productBySku(sku);
    if (!req.product) return res.send(404);
    next();
  });

  app.get('/stock/:sku', function (req, res) {
    res.json({ sku: req.product.sku, count: stock.get(req.product.sku) });
  });

  app.put('/stock/:sku', function (req, res) {
    const count = Number(req.param('count'));
    if (Number.isNaN(count)) return res.json({ error: 'A count is needed.' }, 400);
    stock.set(req.param('sku'), count);
    res.json({ sku: req.product.sku, count: count }, 201);
  });

  app.del('/stock/:sku', function (req, res) {
    stock.delete(req.product.sku);
    res.send(204);
  });

  app.get('/search', function (req, res) {
    const word = req.param('q', '').toLowerCase();
    if (word === '') return res.send(400, 'Say what you look for.');
    res.json(products.filter(({ name }) => name.toLowerCase().includes(word)).map(({ sku }) => sku));
  });

  app.get('/orders/:id', function (req, res) {
    const order = orders.get(Number(req.params.id));
    if (!order) return res.status('404').json({ error: 'There is no such order.' });
    if (!req.acceptsCharset('utf-8')) return res.send(406);
    res.json(order);
  });

  app.get('/type/*', function (req, res) {
    res.type('text').send(express.static.mime.lookup(req.params[0]));
  });

  app.get('/routes', function (req, res) {
    res.json(listRoutes(app));
  });

  return app;
};
