import { Ledger } from './ledger';

const ledger = new Ledger();
ledger.add(new Date('2024-03-01T00:00:00Z'), { cents: 1250, currency: 'EUR' }, 'lunch', 'work');
ledger.add(new Date('2024-03-02T00:00:00Z'), { cents: 399, currency: 'EUR' }, 'coffee');
process.stdout.write([...ledger.lines()].join('\n') + '\n');
