console.log(import.meta.env.REACT_APP_A);
