
export const App = () => <p />;
