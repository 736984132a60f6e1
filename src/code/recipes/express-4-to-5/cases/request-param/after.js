const express = require('express');
const app = express();

app.get('/users/:id', (req, res) => res.json(find(req.params.id)));
app.get('/search', (req, res) => res.json(find(req.query.q)));
app.post('/users', (req, res) => {
  const name = req.body?.name ?? req.query.name;
  const role = req.body?.role ?? req.query.role ?? 'guest';
  res.json({ name, role, short: (req.body?.name ?? req.query.name).trim() });
});
app.put('/users/:id', update);
app.post('/people', update);
app.get(/^\/(?<year>\d{4})$/, (req, res) => res.json(req.params.year));
app.post('/forms', (req, res) => {
  save(req.body, req.query, req.params.form);
  res.end();
});
app.use((req, res, next) => {
  req.token = req.params['access-token'] ?? req.body?.['access-token'] ?? req.query['access-token'];
  next();
});
app.get('/any/:key', (req, res) => res.json(req.param(req.params.key)));

function update(req, res) {
  res.json([req.params.id ?? req.body?.id ?? req.query.id, req.body?.name ?? req.query.name]);
}

function find(id) {
  return id;
}
