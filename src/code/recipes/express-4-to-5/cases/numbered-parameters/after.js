const express = require('express');
const controller = require('./controller');
const app = express();

app.get('/{*splat}', (req, res) => res.send('/' + (req.params.splat ?? []).join('/')));
app.get('/files/{*splat}', (req, res) => {
  res.download((req.params.splat ?? []).join('/'), root((req.params.splat ?? []).join('/')));
});
app.get('/a/*splat/b/{*splat2}', function (request, response) {
  response.json({ first: request.params.splat.join('/'), second: (request.params.splat2 ?? []).join('/') });
});
app.get('/named/{*splat}', named);
app.get(['/x/{*splat}', '/y/{*splat}'], (req, res) => res.send((req.params.splat ?? []).join('/')));
app.get(/^\/(?:red|blue)\/(?:light|dark)?\/?$/i, (req, res) => res.send(req.params[0]));
app.get(/^\/users(\/old)?\/(?<id>[^\/]+?)\/?$/i, (req, res) => res.send(req.params[0]));
app.get(/^\/re\/(.*)$/, (req, res) => res.send(req.params[0]));
app.get('/taken/{*splat}', (req, res) => {
  const { 0: file } = req.params;
  res.send(file);
});
app.get('/one/{*splat}', shared);
app.get('/two', shared);
app.get('/elsewhere/{*splat}', controller.show);

function named(req, res) {
  res.send(`${(req.params.splat ?? []).join('/')}!`);
}

function shared(req, res) {
  res.send(req.params[0]);
}

exports.show = (req, res) => res.send(req.params[0]);
