import { Router } from 'express';
import { productBySku } from '../data/products';
import { HttpError } from '../http-error';

export const cart = Router();

cart.get('/', (req, res) => {
  res.json(req.session.cart ?? {});
});

cart.post('/lines', (req, res) => {
  const { sku, count } = req.body;
  if (sku === undefined) throw new HttpError(400, 'Which product?');
  if (productBySku(sku) === undefined) throw new HttpError(404, 'There is no such product.');
  const lines = { ...req.session.cart };
  lines[sku] = (lines[sku] ?? 0) + Number(count ?? 1);
  req.session.cart = lines;
  res.redirect('back');
});

cart.delete('/lines/:sku?', (req, res) => {
  const { sku } = req.params;
  const lines = { ...req.session.cart };
  if (sku === undefined) req.session.cart = {};
  else {
    delete lines[sku];
    req.session.cart = lines;
  }
  res.sendStatus(204);
});
