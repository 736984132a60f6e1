import express from 'express';

const app = express();

app.get('/a', (req, res) => res.redirect(301, '/b'));
app.get('/b', (req, res) => res.redirect(303, `/users/${req.user.id}`));
app.get('/c', (req, res) => {
  const status = 307;
  res.redirect(status, req.originalUrl + '/');
});
app.get('/d', (req, res) => res.redirect(req.get('Referrer') || '/'));
app.get('/e', (_, res) => res.location(_.get('Referrer') || '/').sendStatus(204));
app.get('/f', (req, res) => res.redirect(302, req.get('Referrer') || '/'));
app.get('/g', (req, res) => res.redirect(req.session.returnTo || req.get('Referrer') || '/'));
app.get('/h', (req, res) => res.redirect(req.query.next ?? (req.get('Referrer') || '/')));
app.get('/i', (req, res) => res.redirect(req.ok ? '/done' : (req.get('Referrer') || '/')));
app.get('/j', (req, res) => leave(res));
app.get('/k', ({ query }, res) => res.redirect(303, res.req.get('Referrer') || '/'));
app.get('/l', (req, res) => res.redirect(req.first, req.second));

// As before.
app.get('/m', (req, res) => res.redirect(301, '/b'));
app.get('/n', (req, res) => res.redirect('/back'));
app.get('/o', (req, res) => res.redirect(req.code, '/b'));

function leave(response) {
  response.redirect(response.req.get('Referrer') || '/');
}
