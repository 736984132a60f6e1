/// <reference no-default-lib="true"/>
export const b = 2;
