import { App } from './App';

test('app', () => {
  expect(<App />).toMatchSnapshot();
});
