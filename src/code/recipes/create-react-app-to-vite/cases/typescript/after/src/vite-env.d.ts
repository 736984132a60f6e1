/// <reference types="vite/client" />
/// <reference types="vite-plugin-svgr/client" />

interface ImportMetaEnv {
  readonly REACT_APP_API: string;
  readonly REACT_APP_KEY: string | undefined;
}

declare namespace NodeJS {
  interface ProcessEnv {
    REACT_APP_API: string;
  }
}
