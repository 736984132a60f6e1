
export const Rule = () => <hr />;
