const express = require('express');
const app = express();

for (const verb of ['get', 'post']) app[verb]('/items/:id?', (req, res) => res.end());
app['put']('/files/*', (req, res) => res.send(req.params[0]));
new Promise((resolve) => app.listen(3000, resolve));
