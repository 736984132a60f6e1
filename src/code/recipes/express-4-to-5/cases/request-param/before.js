const express = require('express');
const app = express();

app.get('/users/:id', (req, res) => res.json(find(req.param('id'))));
app.get('/search', (req, res) => res.json(find(req.param('q'))));
app.post('/users', (req, res) => {
  const name = req.param('name');
  const role = req.param('role', 'guest');
  res.json({ name, role, short: req.param('name').trim() });
});
app.put('/users/:id', update);
app.post('/people', update);
app.get(/^\/(?<year>\d{4})$/, (req, res) => res.json(req.param('year')));
app.post('/forms', (req, res) => {
  save(req.param('body'), req.param('query'), req.param('form'));
  res.end();
});
app.use((req, res, next) => {
  req.token = req.param('access-token');
  next();
});
app.get('/any/:key', (req, res) => res.json(req.param(req.params.key)));

function update(req, res) {
  res.json([req.param('id'), req.param('name')]);
}

function find(id) {
  return id;
}
