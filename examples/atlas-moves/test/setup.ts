import { beforeEach } from 'vitest';
import { useLocale } from '../apps/web/src/format/number';

beforeEach(() => useLocale('en'));
