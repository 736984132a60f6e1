import { addressOf } from 'settings';

it('names a page below the folder of the application', () => {
  expect(addressOf('help.html')).toBe('/help.html');
});
