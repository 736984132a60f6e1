import express, { type ErrorRequestHandler, type NextFunction, type Request, type Response, Router } from 'express';

export const app = express();
const router = Router({ mergeParams: true });

app.use(express.json({ limit: '1mb' }));
app.use(express.urlencoded({ extended: true }));
app.use('/static', express.static('public', { maxAge: '1d' }));
app.set('trust proxy', 1);
app.disable('x-powered-by');

router.get('/users/:id', (request, response) => {
  const id: string = request.params.id;
  const page = request.param('page');
  const { limit, sort } = request.query;
  response.status(200).json({ id, page, limit, sort, host: request.hostname });
});

router.delete('/users/:id', async (request: Request<{ id: string }>, response: Response) => {
  await Promise.resolve(request.params.id);
  response.sendStatus(204);
});

app.get('/old/:id', (request, response) => {
  response.redirect('back');
});

router.post('/files', (request, response, next) => {
  if (!request.is('json')) return next(new Error(request.get('content-type') ?? 'none'));
  response.sendfile('/tmp/x');
});

router.get('/langs', (request, response) => {
  response.send([request.acceptsLanguages('en'), request.acceptsCharsets(), request.acceptsEncodings('gzip')]);
});

const onError: ErrorRequestHandler = (error: Error, request: Request, response: Response, next: NextFunction) => {
  if (response.headersSent) return next(error);
  response.status(500).type('text').send(error.message);
};

app.use('/api', router);
app.use(onError);
app.param('id', (request, response, next, id) => {
  response.locals.id = id;
  next();
});
export const server = app.listen(3000, () => console.log('listening'));
