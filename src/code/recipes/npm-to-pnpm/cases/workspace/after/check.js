import { wait } from '@parcels/core';

wait('.');
