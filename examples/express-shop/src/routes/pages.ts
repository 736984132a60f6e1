import { Router } from 'express';

export const pages = Router();

pages.get('/', (_req, res) => {
  res.redirect('/catalogue');
});

/** The language may stand in the address. */
pages.get('/:locale(en|de)?/about', (req, res) => {
  res.render('about', { locale: req.params.locale ?? res.locals.locale });
});

pages.get(['/help*', '/faq'], (_req, res) => {
  res.redirect('/terms', 301);
});

pages.get('/where', (req, res) => {
  res.json({ host: req.host, url: `${req.protocol}://${req.host}${req.originalUrl}` });
});
