import { Router, json } from 'express';

export const items = Router();

items.get('/', (req, res) => {
  res.json([req.query.price?.min, req.query.sort?.split(',')]);
});
items.post('/', (req, res) => {
  const { name } = req.body;
  res.json({ name });
});
items.post('/raw', json({ limit: '1mb' }), (req, res) => {
  res.json(req.body.length);
});
