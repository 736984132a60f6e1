export const App = () => <b />;
