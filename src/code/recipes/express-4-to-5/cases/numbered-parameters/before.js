const express = require('express');
const controller = require('./controller');
const app = express();

app.get('*', (req, res) => res.send(req.params[0]));
app.get('/files/*', (req, res) => {
  res.download(req.params[0], root(req.params['0']));
});
app.get('/a/*/b/*', function (request, response) {
  response.json({ first: request.params[0], second: request.params[1] });
});
app.get('/named/*', named);
app.get(['/x/*', '/y/*'], (req, res) => res.send(req.params[0]));
app.get('/(red|blue)/(light|dark)?', (req, res) => res.send(req.params[0]));
app.get('/users(/old)?/:id', (req, res) => res.send(req.params[0]));
app.get(/^\/re\/(.*)$/, (req, res) => res.send(req.params[0]));
app.get('/taken/*', (req, res) => {
  const { 0: file } = req.params;
  res.send(file);
});
app.get('/one/*', shared);
app.get('/two', shared);
app.get('/elsewhere/*', controller.show);

function named(req, res) {
  res.send(`${req.params[0]}!`);
}

function shared(req, res) {
  res.send(req.params[0]);
}

exports.show = (req, res) => res.send(req.params[0]);
