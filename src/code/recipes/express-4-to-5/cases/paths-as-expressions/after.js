const express = require('express');
const app = express();

app.get(/^\/users\/(?<id>\d+)\/?$/i, send);
app.get(/^\/users(?:\/(?<id>\d+))?\/?$/i, send);
app.get(/^\/(?<lang>en|de)\/about\/?$/i, send);
app.get(/^\/user\/(?<id>[0-9a-f]{24})\/posts\/?$/i, send);
app.use(/^\/v(?<version>1|2)\/?(?=\/|$)/i, send);
app.get(/^\/ab+cd\/?$/i, send);
app.get(/^\/(?<a>[^\/]+?)(?<b>[^\/]+?)\/?$/i, send);
app.get(/^\/posts\/(?<slug>[a-z-]+)(?:\.(?<format>json|xml))?\/?$/i, send);
app.get([/^\/p\/(?<id>\d+)\/?$/i, '/q/:name'], send);
app.get(/^\/digits\/\d+\/?$/i, send);
app.get(/^\/a|\/b\/?$/i, send);
app.get(/^\/[discussion|page]\/(?<slug>[^\/]+?)\/?$/i, send);
app.get(/^\/(?:\.(.*))\/?$/i, send);
app.get(`/x/:id(\\d+)/${app.name}`, send);
app.get('/:0', send);

function send(req, res) {
  res.send(req.params);
}
