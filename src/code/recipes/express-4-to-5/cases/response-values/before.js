const express = require('express');
const app = express();

app.get('/a', (req, res) => res.status('404').end());
app.get('/b', (req, res) => res.sendStatus("503"));
app.get('/c', (req, res) => res.status(req.params.code).end());
app.get('/d', (req, res) => res.status(99).end());
app.get('/e', (req, res) => res.status('bad').end());
app.get('/f', (req, res) => {
  res.vary();
  res.clearCookie('a', { path: '/', maxAge: 0 });
  res.clearCookie('b', { expires: new Date(0), httpOnly: true });
  res.clearCookie('c', { maxAge: 60_000 });
  res.end();
});

// As before.
app.get('/g', (req, res) => {
  res.vary('Accept').clearCookie('d', { path: '/' }).status(req.status || 500).end();
});
