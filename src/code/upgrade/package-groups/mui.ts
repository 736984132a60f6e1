import type { PackageGroup } from '../package-group.ts';

/** The packages of the core are published together with one major; MUI X has majors of its own. */
export const mui: PackageGroup = {
  id: 'mui',
  summary: 'Material UI with its icons and styles',
  leads: ['@mui/material'],
  members: [
    { name: '@mui/icons-material', following: 'same-line' },
    { name: '@mui/system', following: 'same-line' },
    { name: '@mui/utils', following: 'same-line' },
    { name: '@mui/styled-engine', following: 'same-line' },
    { name: '@mui/material-nextjs', following: 'same-line' },
    { name: '@mui/private-theming', following: 'same-line' },
  ],
};
