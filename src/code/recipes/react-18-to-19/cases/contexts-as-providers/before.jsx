import { createContext } from 'react';
import { Provider } from 'react-redux';
import { Dialog } from './dialog';
import { ThemeContext } from './theme';

const Locale = createContext('en');

export const App = ({ store }) => (
  <Provider store={store}>
    <ThemeContext.Provider value="dark">
      <Locale.Provider value="is">
        <Dialog.Provider value={1} />
        <ThemeContext.Consumer>{(theme) => theme}</ThemeContext.Consumer>
      </Locale.Provider>
    </ThemeContext.Provider>
  </Provider>
);
