const express = require('express');
const app = express();

app.get('/users/:id(\\d+)', send);
app.get('/users/:id(\\d+)?', send);
app.get('/:lang(en|de)/about', send);
app.get('/user/:id([0-9a-f]{24})/posts', send);
app.use('/v:version(1|2)', send);
app.get('/ab+cd', send);
app.get('/:a:b', send);
app.get('/posts/:slug([a-z-]+).:format(json|xml)?', send);
app.get(['/p/:id(\\d+)', '/q/:name'], send);
app.get('/digits/\\d+', send);
app.get('/a|/b', send);
app.get('/[discussion|page]/:slug', send);
app.get('/(.*)', send);
app.get(`/x/:id(\\d+)/${app.name}`, send);
app.get('/:0', send);

function send(req, res) {
  res.send(req.params);
}
