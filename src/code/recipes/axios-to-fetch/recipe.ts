import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

/** Requests of axios for Node go through fetch where both do the same. */
export const axiosToFetch: Recipe = {
  id: 'axios-to-fetch',
  summary: 'Requests of axios for Node go through fetch where both do the same.',
  why: 'Node has fetch, so that a service needs no package to make requests. But fetch does not fail on a status, does not parse, and writes addresses and bodies otherwise: a small client in the tree does what axios did, compared with it request by request. A file is changed only where every use in it is proven; all others are named.',
  applies: [],
  risk: 'medium',
  transforms: [
    {
      kind: 'tree',
      id: 'fetch',
      why: 'axios was written when Node had no fetch; it does more than fetch for statuses, bodies, addresses and errors.',
      transform: convert,
    },
  ],
};
