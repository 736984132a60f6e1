/** An import of a macro of Babel. */
export const macros = /\bfrom\s+['"](?:[^'"\n]*[./])?macro['"]/;
