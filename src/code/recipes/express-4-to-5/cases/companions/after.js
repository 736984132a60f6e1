const express = require('express');
const asyncHandler = require('express-async-handler');
const sanitize = require('express-mongo-sanitize');
const layer = require('express/lib/router/layer');

const app = express();
app.use(sanitize());
app.use(express.query());
app.get('/', asyncHandler(async (request, response) => response.sendStatus(204)));
console.log(app.router.stack.length, layer);
app.router.stack.forEach((layer) => console.log(layer.regexp, layer.route.path));
