const express = require('express');
const { StatusCodes } = require('http-status-codes');
const router = express.Router();
const GONE = 410;

router.get('/a', (req, res) => res.sendStatus(404));
router.get('/b', (req, res) => res.sendStatus(GONE));
router.get('/c', (req, res) => res.sendStatus(StatusCodes.NOT_FOUND));
router.get('/d', (req, res) => res.status(401).send({ error: 'Log in first' }));
router.get('/e', (req, res) => res.status(201).send('<p>made</p>'));
router.get('/f', (req, res) => res.status(422).json({ errors: req.errors }));
router.get('/g', (req, res) => res.status(StatusCodes.CREATED).json({ made: true }));
router.get('/h', (req, res) => res.status(206).jsonp(list()));
router.get('/i', (req, res) => {
  const status = req.ok ? 200 : 500;
  return res
    .set('X-Checked', 'yes')
    .status(status).json(
      // what was found
      { found: req.found },
    );
});
router.use((error, req, res, next) => {
  res.status(error.status || 500).send({ error: error.message });
});
router.get('/j', (req, res) => res.type('html').send(200));
router.get('/k', (req, res) => res.send(req.status));
router.get('/l', (req, res) => res.json(req.one, req.other));
router.get('/m', (req, res) => res.status(200).send(req.nested ? [1] : { a: res.status(503).send('inner') }));

// As before.
router.get('/n', (req, res) => res.send('404'));
router.get('/o', (req, res) => res.json(404));
router.get('/p', (req, res) => res.send(req.body));
router.get('/q', (req, res) => res.status(404).send({ code: 404 }));
router.get('/r', (req, res) => res.send(...req.parts));

function list() {
  return [];
}
