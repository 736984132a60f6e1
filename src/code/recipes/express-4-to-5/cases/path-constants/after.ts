import { Router } from 'express';
import { go } from './go';

const item = '/items{/:id}';
const shown = '/shown/:id?';
const paths = { list: '/list{/:page}', files: '/files/{*splat}' } as const;
export const offered = '/offered/:id?';
const router = Router();

router.get(item, go);
router.put(item, go);
router.get(shown, go);
router.get(paths.list, go);
router.get(paths.files, go);
router.get(offered, go);

fetch(shown);
