const express = require('express');
const { find } = require('./store');
const app = express();

app.get('/', async (req, res) => {
  res.json(await find({ ...req.query, owner: req.user }));
});
app.get('/all', async (req, res) => {
  console.log(req.query);
  res.json(await find(req.query));
});
