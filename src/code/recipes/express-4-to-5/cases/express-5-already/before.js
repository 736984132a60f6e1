const express = require('express');
const app = express();

app.set('query parser', 'extended');
app.use(express.static('public', { dotfiles: 'ignore' }));
app.use(express.urlencoded({ extended: true }));
app.param('id', (req, res, next, id) => next());
app.delete('/users{/:id}', (req, res) => res.status(200).json({ id: req.params.id }));
app.get('/files/{*splat}', (req, res) => res.send((req.params.splat ?? []).join('/')));
app.get(/^\/users\/(?<id>\d+)\/?$/i, (req, res) => res.redirect(301, req.get('Referrer') || '/'));
app.get('/hello\\!', (req, res) => res.sendStatus(204));
app.all('/{*splat}', (req, res) => res.status(404).send('Nothing here'));
app.listen(3000, (error) => {
  if (error) throw error;
});
