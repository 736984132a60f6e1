import { createContext } from 'react';
import { Provider } from 'react-redux';
import { Dialog } from './dialog';
import { ThemeContext } from './theme';

const Locale = createContext('en');

export const App = ({ store }) => (
  <Provider store={store}>
    <ThemeContext value="dark">
      <Locale value="is">
        <Dialog.Provider value={1} />
        <ThemeContext.Consumer>{(theme) => theme}</ThemeContext.Consumer>
      </Locale>
    </ThemeContext>
  </Provider>
);
