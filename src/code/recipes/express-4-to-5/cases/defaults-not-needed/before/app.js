const express = require('express');

const app = express();
app.use(express.json());
app.get('/', (req, res) => {
  const page = Number(req.query.page ?? 1);
  const tags = req.query.tags?.split(',').map((tag) => tag.trim());
  res.json({ page, tags, first: req.query.ids[0] });
});
app.post('/', (req, res) => {
  if (!req.body) return res.sendStatus(400);
  res.json({ name: req.body?.name });
});
